// npm's postinstall: writes Prisma's typed client into prisma/client, from prisma/schema.prisma.
import { spawnSync } from 'node:child_process'

// `prisma generate` uses no engine, but insists on having one, and would download it (docs/decisions/0003-migrations-in-wasm.md).
const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
const { status } = spawnSync('npx', ['prisma', 'generate'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env,
  shell: process.platform === 'win32',
})
process.exit(status ?? 1)
