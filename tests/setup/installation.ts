import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { expect, onTestFinished } from 'vitest'
import { freePort } from '@/scripts/start/ports'
import { DIST_DIR } from '@/tests/setup/build'
import { eventually } from '@/tests/setup/eventually'
import { temporaryDirectory } from '@/tests/setup/temporary'

/** What an installation has of its own. */
const OWN = ['.data', '.env', '.git', '.next']

/** A second installation of this very project, already built, with no data yet; removed when the test ends. */
export function freshInstallation(): string {
  const directory = temporaryDirectory()
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(directory, 0o711)
  for (const name of readdirSync('.')) {
    if (!OWN.includes(name)) symlinkSync(path.resolve(name), path.join(directory, name))
  }
  symlinkSync(path.resolve(DIST_DIR), path.join(directory, '.next'))
  return directory
}

/** What `npm start` generated there. */
export const localSettings = (directory: string): NodeJS.Dict<string> =>
  parseEnv(readFileSync(path.join(directory, '.data', 'local.env'), 'utf8'))

export interface Started {
  url: string
  /** Of the process that starts the others. */
  pid: number
  /** All it has printed so far. */
  output(): string
  /** Its exit code, once it has ended by itself. */
  ended: Promise<number | null>
  /** Sends the signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<number | null>
}

/** Runs what `npm start` runs, with no settings but those given. It is stopped when the test ends. */
export async function startIn(directory: string, given: Readonly<Record<string, string>> = {}): Promise<Started> {
  const port = given.PORT ?? `${await freePort()}`
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: directory,
    env: { PATH, HOME, PORT: port, ...given } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const stop = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  onTestFinished(async () => {
    await stop('SIGTERM')
  })
  return { url: `http://localhost:${port}`, pid: child.pid ?? 0, output: () => text, ended, stop }
}

/** Waits until it says that everything runs. */
export async function greetingOf(started: Started): Promise<void> {
  let code: number | null | undefined
  void started.ended.then((exitCode) => {
    code = exitCode
  })
  await eventually(() => {
    if (code !== undefined) throw new Error(`It ended with code ${code}:\n${started.output()}`)
    expect(started.output()).toContain('Ctrl-C')
  }, 60_000)
}
