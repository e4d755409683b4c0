import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '@/lib/env'
import { PrismaClient } from '@/prisma/client/client'

export type Database = PrismaClient
/** What runs inside `database().$transaction(async (tx) => …)`. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

/** A database that does not answer at all is given up after this long, in milliseconds: a page shall say so. */
const CONNECT_TIMEOUT_MS = 10_000
/** How long a transaction may wait for a connection, and how long it may last, in milliseconds. */
const TRANSACTION_MS = 10_000
/** Beyond TRANSACTION_MS: a process that is frozen in a transaction must not keep its locks. */
const IDLE_IN_TRANSACTION_MS = 15_000

const holder = globalThis as typeof globalThis & { obmenDatabase?: PrismaClient }

/** The process's one Prisma client; made at first use, so that `next build` needs no database. */
export function database(): Database {
  holder.obmenDatabase ??= new PrismaClient({
    transactionOptions: { maxWait: TRANSACTION_MS, timeout: TRANSACTION_MS },
    adapter: new PrismaPg({
      connectionString: env().DATABASE_URL,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    }),
  })
  return holder.obmenDatabase
}

/** What PostgreSQL's clock says: the only one that times in the database are told by, whatever this machine's says. */
export async function databaseTime(db: Transaction): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`
  if (!row) throw new Error('PostgreSQL told no time')
  return row.now
}
