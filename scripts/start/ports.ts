import { createServer } from 'node:net'

/** Whether nobody listens on the port of this machine. */
export const isPortFree = (port: number): Promise<boolean> => listenOnce(port).then((found) => found !== null)

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0)
  if (port === null) throw new Error('This machine has no free port.')
  return port
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(null) : reject(error),
    )
    server.listen(port, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
