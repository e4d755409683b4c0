import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { LOCAL_DIR } from '@/lib/env'
import { StartFailure } from '@/scripts/start/failure'
import { commandLineOf } from '@/scripts/start/processes'

const RUN_FILE = path.join(LOCAL_DIR, 'run.json')

/** Makes sure that one `npm start` runs in this directory at a time; what a killed one left behind does not count. */
export function claimDirectory(url: string): () => void {
  const other = readRunFile()
  if (other && commandLineOf(other.pid)?.includes('scripts/start.ts')) {
    throw new StartFailure(
      `Obmen уже запущен из этого каталога: ${other.url} (процесс ${other.pid}). Остановите его: Ctrl-C в его окне или kill ${other.pid}.`,
    )
  }
  mkdirSync(LOCAL_DIR, { recursive: true })
  writeFileSync(RUN_FILE, JSON.stringify({ pid: process.pid, url }))
  return () => rmSync(RUN_FILE, { force: true })
}

function readRunFile(): { pid: number; url: string } | null {
  try {
    return JSON.parse(readFileSync(RUN_FILE, 'utf8'))
  } catch {
    return null
  }
}
