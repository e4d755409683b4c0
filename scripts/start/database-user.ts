import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'

/** As whom to run PostgreSQL's programs. */
export interface DatabaseUser {
  /** Who must own the data directory; null when the present user runs the programs. */
  owner: { uid: number; gid: number } | null
  /** A program and its arguments → what to spawn, and with which options. */
  command(program: string, args: readonly string[]): [string, string[], { uid?: number; gid?: number }]
}

/** PostgreSQL refuses to run as root: then another user, who can reach the given files, must do it. */
export function databaseUser(files: readonly string[]): DatabaseUser {
  if (process.getuid?.() !== 0) return { owner: null, command: (program, args) => [program, [...args], {}] }
  const ids = idsOf('postgres') ?? idsOf('nobody')
  if (!ids) throw new Error('PostgreSQL does not run as root, and there is no user «nobody»: start as another user.')
  if (files.every(canBeReached)) return { owner: ids, command: (program, args) => [program, [...args], ids] }
  // A project under /root, say. Of root's powers the user is left the one to pass through closed directories;
  // without no_setuid_fixup the kernel would hide it from initdb's access() checks.
  const powers = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup']
  const user = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups']
  const prefix = [...user, ...powers, '--']
  try {
    execFileSync('setpriv', [...prefix, 'true'], { stdio: 'ignore' })
  } catch {
    throw new Error(
      `PostgreSQL does not run as root, and user ${ids.uid} cannot enter ${path.resolve('.')}: ` +
        'move the project to a directory open to all (not under /root), start as another user, or set DATABASE_URL.',
    )
  }
  return { owner: ids, command: (program, args) => ['setpriv', [...prefix, program, ...args], {}] }
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

/** Whether everybody may pass through all the directories above a file. */
function canBeReached(file: string): boolean {
  for (let directory = path.dirname(path.resolve(file)); ; directory = path.dirname(directory)) {
    const mode = statSync(directory, { throwIfNoEntry: false })?.mode
    if (mode !== undefined && (mode & 0o001) === 0) return false
    if (directory === path.dirname(directory)) return true
  }
}
