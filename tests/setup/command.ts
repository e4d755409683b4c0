import { spawn } from 'node:child_process'

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

type Environment = Readonly<Record<string, string>>

/** Runs one of our commands to its end, on the test's database, as npm would. */
export const runCommand = (script: string, args: readonly string[], env: Environment = {}): Promise<Outcome> =>
  startCommand(script, args, env).ended

/** The same, for looking at what it has said before it ends. */
export function startCommand(script: string, args: readonly string[], env: Environment = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    env: { ...process.env, VITEST: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Outcome = { code: null, stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk
  })
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ...said, code }))
  })
  return { said, ended }
}
