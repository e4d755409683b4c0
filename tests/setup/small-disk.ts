import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { onTestFinished } from 'vitest'

/** Mounts a disk of so many kilobytes there until the test ends; false where this process may not. */
export function mountSmallDisk(directory: string, kilobytes: number): boolean {
  mkdirSync(directory, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=755`, 'tmpfs', directory], { stdio: 'ignore' })
  } catch {
    return false
  }
  onTestFinished(() => {
    // Lazily: a server that looked into it may still hold it.
    execFileSync('umount', ['-l', directory])
  })
  return true
}
