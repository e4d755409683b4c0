import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { eventually } from '@/tests/setup/eventually'

export interface LogLine {
  level: string
  msg: string
  [field: string]: unknown
}

export interface WorkerProcess {
  pid: number
  /** What it has logged so far; grows. */
  log: LogLine[]
  /** What it has written beside its log: nothing, as a rule. */
  noise: string[]
  /** Sends the signal and waits for the end; returns the exit code, null when the signal itself ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts the real worker on the test's database and waits until it takes jobs. It is stopped when the test ends. */
export async function startWorker(env: Readonly<Record<string, string>> = {}): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'worker/main.ts'], {
    // Production: JSON lines. A test runner's own variables would change how libraries behave.
    env: { ...process.env, NODE_ENV: 'production', VITEST: '', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const log: LogLine[] = []
  const noise: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (line.startsWith('{')) log.push(JSON.parse(line) as LogLine)
      else noise.push(line)
    })
  }

  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const [code] = await exit
    return code
  }
  onTestFinished(async () => {
    child.kill('SIGCONT')
    await stop('SIGKILL')
  })

  await eventually(() => {
    if (log.some(({ msg }) => /worker ready|воркер готов/i.test(msg))) return
    const said = [...log.map(({ msg }) => msg), ...noise].slice(-10).join('\n')
    throw new Error(`The worker is not ready (exit code ${child.exitCode}):\n${said}`)
  }, 60_000)
  return { pid: child.pid ?? 0, log, noise, stop }
}
