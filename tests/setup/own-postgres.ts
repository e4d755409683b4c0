import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { migrate } from '@/prisma/migrate'
import { freePort } from '@/scripts/start/ports'
import { type Postgres, startPostgres } from '@/scripts/start/postgres'

export interface OwnPostgres {
  /** Stops the server and starts it again after so many milliseconds. */
  restart(mode: 'fast' | 'immediate', away: number): Promise<void>
}

/** For a file of tests that stop the database under everybody's feet: a server of its own, as DATABASE_URL. */
export function serveOwnPostgres(): OwnPostgres {
  let home: string
  let postgres: Postgres
  let start: () => Promise<Postgres>

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'obmen-faults-'))
    // As root, PostgreSQL runs as another user, who must be able to enter.
    await chmod(home, 0o711)
    const [directory, logFile] = [path.join(home, 'data'), path.join(home, 'postgres.log')]
    const port = await freePort()
    start = () => startPostgres({ directory, port, password: 'faults', logFile, settings: { fsync: 'off' } })
    postgres = await start()
    process.env.DATABASE_URL = postgres.url('postgres')
    await migrate(process.env.DATABASE_URL)
  })

  afterAll(async () => {
    await postgres.stop()
    await rm(home, { recursive: true, force: true })
  })

  return {
    async restart(mode, away) {
      await postgres.stop(mode)
      await setTimeout(away)
      postgres = await start()
    },
  }
}
