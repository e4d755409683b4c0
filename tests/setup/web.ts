import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@/scripts/start/ports'
import { DIST_DIR, NEXT } from '@/tests/setup/build'
import { eventually } from '@/tests/setup/eventually'

export interface WebServer {
  url: string
  /** What it has printed so far. */
  output: string[]
  stop(): Promise<void>
}

/** Starts the real web server, from the production build, on the test file's database. */
export async function startWeb(env: Readonly<Record<string, string>>): Promise<WebServer> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [NEXT, 'start', '--port', `${port}`], {
    env: { ...process.env, NODE_ENV: 'production', VITEST: '', NEXT_DIST_DIR: DIST_DIR, NEXTAUTH_URL: url, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'exit')
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(`${chunk}`))
  const stop = async () => {
    child.kill('SIGKILL')
    await exit
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
