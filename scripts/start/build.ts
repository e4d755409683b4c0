import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What the web application is built from. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'messages',
  'public',
  'prisma/schema.prisma',
  'middleware.ts',
  'instrumentation.ts',
]
const CONFIG = ['next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'tsconfig.web.json', 'package-lock.json']

/** The build directory, as next.config.ts has it. */
export const buildDirectory = () => process.env.NEXT_DIST_DIR || '.next'

const fingerprintFile = () => path.join(buildDirectory(), 'obmen-fingerprint')

/** Whether there is a build, and of these very sources: by content, since a checkout or an unpacked archive tells no time. */
export async function isBuildFresh(): Promise<boolean> {
  if (!existsSync(path.join(buildDirectory(), 'BUILD_ID')) || !existsSync(fingerprintFile())) return false
  return (await readFile(fingerprintFile(), 'utf8')) === (await fingerprint())
}

/** Runs a build and remembers what it was made of. */
export async function build(run: () => Promise<void>): Promise<void> {
  const before = await fingerprint()
  await run()
  await writeFile(fingerprintFile(), before)
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  for (const name of [...SOURCES, ...CONFIG]) {
    for (const file of await filesUnder(name)) hash.update(`\0${file}\0`).update(await readFile(file))
  }
  return hash.digest('hex')
}

async function filesUnder(name: string): Promise<string[]> {
  if (!existsSync(name)) return []
  if (path.extname(name)) return [name]
  const entries = await readdir(name, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  return files.sort()
}
