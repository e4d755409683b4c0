import { WORKER_DEAD_AFTER_MS } from '@/lib/imports/status'
import { Prisma } from '@/prisma/client/client'

// Conditions on rows of the table `workers`, for statements over it.

/** Somebody holds the advisory lock of the worker with that id (worker/heartbeat.ts). */
export const lockIsHeld = (id: Prisma.Sql) => Prisma.sql`
  exists (
    select from pg_locks as l
    where l.locktype = 'advisory' and l.objsubid = 1
      and l.database = (select oid from pg_database where datname = current_database())
      and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended(${id}, 0)
  )`

/** The process holds its advisory lock: it exists, be it frozen. */
export const LOCK_IS_HELD = lockIsHeld(Prisma.sql`workers.id`)

/** The process was heard of lately. */
export const IS_HEARD = Prisma.sql`
  (workers.stopped_at is null and workers.seen_at > now() - ${WORKER_DEAD_AFTER_MS} * interval '1 millisecond')`
