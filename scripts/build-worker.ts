// npm run build:worker: the worker and the commands of a deployment as plain JavaScript in one folder, with just the
// files of node_modules they use; what the Docker image of the worker is made of.
import { cp, mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { nodeFileTrace } from '@vercel/nft'
import { build } from 'esbuild'

const OUT = path.resolve(process.argv[2] ?? '.worker')

/** What runs in a deployment, by the name of its file there. */
const ENTRIES = {
  worker: 'worker/main.ts',
  migrate: 'scripts/db-migrate.ts',
  seed: 'prisma/seed.ts',
  import: 'scripts/import.ts',
  user: 'scripts/user.ts',
}
/** Read at run time by paths that no trace can follow. */
const READ_AT_RUN_TIME = ['prisma/schema.prisma', 'prisma/migrations']

await rm(OUT, { recursive: true, force: true })
await mkdir(OUT, { recursive: true })
await build({
  entryPoints: Object.entries(ENTRIES).map(([out, file]) => ({ in: file, out })),
  outdir: OUT,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outExtension: { '.js': '.mjs' },
  sourcemap: 'linked',
  tsconfig: 'tsconfig.json',
  legalComments: 'none',
})

const require = createRequire(import.meta.url)
const wasm = path.join(
  path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
  'schema_engine_bg.wasm',
)
const { fileList } = await nodeFileTrace(
  Object.keys(ENTRIES).map((name) => path.join(OUT, `${name}.mjs`)),
  { base: process.cwd(), conditions: ['node', 'import', 'default'] },
)
const needed = [...fileList].filter((file) => file.startsWith('node_modules/'))
for (const file of [...needed, path.relative('.', wasm)]) {
  await cp(file, path.join(OUT, file), { recursive: true, dereference: false, verbatimSymlinks: true })
}
for (const file of READ_AT_RUN_TIME) await cp(file, path.join(OUT, file), { recursive: true })
console.log(
  `Wrote ${path.relative('.', OUT)}: ${Object.keys(ENTRIES).length} commands and ${needed.length} files of packages.`,
)
