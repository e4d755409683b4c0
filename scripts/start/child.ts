import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { StartFailure } from '@/scripts/start/failure'
import type { Variables } from '@/scripts/start/settings'

export interface Child {
  pid: number
  /** Fails with ChildDied when it ends before it is told to. */
  died: Promise<never>
  /** Asks the child to stop; kills it when it does not within the time, in milliseconds. */
  stop(withinMs: number): Promise<void>
}

export interface Program {
  /** As the person calls it. */
  title: string
  /** Arguments of node. */
  args: readonly string[]
  env: Variables
  logFile: string
}

/** A child that ended before it was told to; the message shows its last lines too. */
export class ChildDied extends StartFailure {
  constructor(
    /** What happened, in a sentence. */
    readonly what: string,
    lines: string,
  ) {
    super(`${what}${lines}`)
  }
}

/** Starts a long-running node program whose output goes to the end of a log file. */
export function startChild({ title, args, env, logFile }: Program): Child {
  const log = openSync(logFile, 'a')
  const offset = statSync(logFile).size
  const child = spawn(process.execPath, ['--import', './scripts/start/follow-parent.mjs', ...args], {
    env: { ...env, OBMEN_PARENT: `${process.pid}` } as unknown as NodeJS.ProcessEnv,
    // The channel is there to break when this process ends.
    stdio: ['ignore', log, log, 'ipc'],
    // A process group of its own: Ctrl-C in the terminal reaches us, and we stop things in their order.
    detached: true,
  })
  closeSync(log)
  const exited = exitOf(child)
  let stopping = false
  const died = exited.then((how): never => {
    if (stopping) return undefined as never
    // What it started itself and left behind.
    signalGroup(child, 'SIGKILL')
    throw new ChildDied(`${title}: процесс завершился (${how}).`, lastLines(logFile, offset))
  })
  // Until somebody waits for it.
  died.catch(() => {})
  return {
    pid: child.pid ?? 0,
    died,
    async stop(withinMs) {
      stopping = true
      child.kill('SIGTERM')
      const kill = setTimeout(() => signalGroup(child, 'SIGKILL'), withinMs)
      await exited
      clearTimeout(kill)
    },
  }
}

/** Runs a node program to its end, or until the signal; its output is shown only when it fails. */
export async function runToEnd({ title, args, env, logFile }: Program, signal: AbortSignal): Promise<void> {
  mkdirSync(path.dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'a')
  const offset = statSync(logFile).size
  const child = spawn(process.execPath, [...args], {
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', log, log],
    signal,
  })
  closeSync(log)
  const how = await exitOf(child)
  signal.throwIfAborted()
  if (how !== 'код 0') throw new StartFailure(`${title}: не удалось (${how}).${lastLines(logFile, offset)}`)
}

const exitOf = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `сигнал ${signal}` : `код ${code}`))
  })

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32' || !child.pid) child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It has ended in this very moment.
  }
}

function lastLines(logFile: string, offset: number): string {
  const lines = readFileSync(logFile).subarray(offset).toString().trimEnd().split('\n').slice(-15)
  const shown = lines.map((line) => `    ${line}`).join('\n')
  return ` Последние строки ${path.relative('.', logFile)}:\n${shown}`
}
