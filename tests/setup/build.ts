// Vitest's global setup: the production build that the browser tests run, in a directory of its own.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { build, isBuildFresh } from '@/scripts/start/build'
import { runToEnd } from '@/scripts/start/child'

export const ARTIFACTS = path.join('tests', '.artifacts')
export const NEXT = path.join('node_modules', 'next', 'dist', 'bin', 'next')
export const DIST_DIR = path.join(ARTIFACTS, 'next')

export default async function setup(): Promise<void> {
  process.env.NEXT_DIST_DIR = DIST_DIR
  mkdirSync(ARTIFACTS, { recursive: true })
  if (await isBuildFresh()) return
  const { VITEST: _, ...env } = process.env as Record<string, string>
  await build(() =>
    runToEnd(
      {
        title: 'next build',
        args: [NEXT, 'build'],
        env: { ...env, NODE_ENV: 'production', NEXT_DIST_DIR: DIST_DIR },
        logFile: path.join(ARTIFACTS, 'build.log'),
      },
      new AbortController().signal,
    ),
  )
}
