import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@/scripts/start/ports'
import { DIST_DIR, NEXT } from '@/tests/setup/build'
import { eventually } from '@/tests/setup/eventually'

export interface WebServer {
  url: string
  /** What it has printed so far. */
  output: string[]
  /** Sends the signal and waits for the end; returns the exit code, null when the signal itself ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts the real web server, from the production build, on the test file's database; on that port, or any. */
export async function startWeb(env: Readonly<Record<string, string>>, givenPort?: number): Promise<WebServer> {
  const port = givenPort ?? (await freePort())
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [NEXT, 'start', '--port', `${port}`], {
    env: { ...process.env, NODE_ENV: 'production', VITEST: '', NEXT_DIST_DIR: DIST_DIR, NEXTAUTH_URL: url, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(`${chunk}`))
  const stop = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    const [code] = await exit
    return code
  }
  try {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error('It ended.')
      const answer = await fetch(`${url}/api/health/ready`)
      if (!answer.ok) throw new Error(`It answers ${answer.status}.`)
    })
  } catch (cause) {
    await stop()
    throw new Error(`The web server did not start:\n${output.join('')}`, { cause })
  }
  return { url, output, stop }
}
