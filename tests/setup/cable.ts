import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** The way to a server, which can be cut and joined again, as if the server went away and came back. */
export interface Cable {
  /** The server's address, by this way. */
  url: string
  cut(): Promise<void>
  join(): Promise<void>
}

/** Lays a cable to the server of a connection string. */
export async function layCable(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    return socket
  }
  let server: Server
  const listen = async (at: number) => {
    server = createServer((socket) => {
      const onwards = keep(connect(Number(port), hostname))
      keep(socket).pipe(onwards).pipe(socket)
    }).listen(at, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const own = await listen(0)
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = `${own}`
  return {
    url: url.href,
    async cut() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
    join: async () => {
      await listen(own)
    },
  }
}
