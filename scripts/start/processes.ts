import { execFileSync } from 'node:child_process'

/** What a running process was started as; null when there is no such process. Numbers are used again: look before you signal. */
export function commandLineOf(pid: number): string | null {
  if (!Number.isInteger(pid) || pid <= 0) return null
  try {
    if (process.platform === 'win32') {
      const query = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`
      return execFileSync('powershell', ['-NoProfile', '-Command', query], { encoding: 'utf8' }).trim() || null
    }
    return execFileSync('ps', ['-p', `${pid}`, '-o', 'args='], { encoding: 'utf8', stdio: 'pipe' }).trim() || null
  } catch {
    return null
  }
}
