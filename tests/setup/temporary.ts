import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** An empty directory for the running test; removed when it ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'obmen-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}
