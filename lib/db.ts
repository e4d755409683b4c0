import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '@/lib/env'
import { PrismaClient } from '@/prisma/client/client'

export type Database = PrismaClient
/** What runs inside `database().$transaction(async (tx) => …)`. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]

const holder = globalThis as typeof globalThis & { obmenDatabase?: PrismaClient }

/** The process's one Prisma client; made at first use, so that `next build` needs no database. */
export function database(): Database {
  holder.obmenDatabase ??= new PrismaClient({ adapter: new PrismaPg({ connectionString: env().DATABASE_URL }) })
  return holder.obmenDatabase
}
