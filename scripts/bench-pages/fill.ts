import type pg from 'pg'

/**
 * Fills a database with so many settled sessions, a minute apart, four steps each. What is rare in it is old: a
 * statement that looks for it from the newest on reads everything.
 */
export async function fillHistory(db: pg.Client, sessions: number): Promise<void> {
  await db.query(
    `insert into users (email, name, password_hash, role) values ('old@example.org', 'Пётр Старов', '', 'OPERATOR')`,
  )
  // Made when all is there: a row at a time would take them twice as long.
  const { rows: indexes } = await db.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'import_sessions' and indexname <> 'import_sessions_pkey'`,
  )
  for (const { name } of indexes) await db.query(`drop index "${name}"`)
  // Foreign keys are not checked: the rows are made of each other.
  await db.query(`set session_replication_role = replica`)
  await db.query(
    `insert into import_sessions (types, source, request_key, status, job_id, error_message, created_by, created_at, started_at, finished_at, bytes_total, bytes_read)
     select
       (case when n % 20 = 1 then '{customers}' when n % 20 = 2 then '{images}' when n % 20 = 3 then '{attributes}' when n % 20 = 4 then '{variants}'
         when n % 4 = 0 then '{prices,stocks}' else '{catalog}' end)::import_type[],
       '/srv/1c/export', '', status, 10000000 + n,
       case when status = 'FAILED' then
         case when n < $1 / 10 and n % 100 = 7 and n <= 5000 then 'Нет файла rests-' || n || '.xml: выгрузите его из 1С' else 'Файл goods.xml обрывается на строке ' || n || ': выгрузите его из 1С ещё раз' end
       end,
       case when n < $1 / 20 then 2 when n % 3 = 0 then 1 end,
       at, at + interval '2 seconds', at + interval '2 seconds' + (1 + n::bigint * 7919 % 600) * interval '1 second', 1000, 1000
     from generate_series(1, $1::int) as n
     cross join lateral (select
       (case when n % 10 = 7 then 'FAILED' when n % 10 = 5 then 'COMPLETED_WITH_ERRORS' when n < $1 / 10 and n % 3 = 0 then 'CANCELLED' else 'COMPLETED' end)::session_status as status,
       date_trunc('minute', now()) - ($1 - n) * interval '1 minute' as at) as moment`,
    [sessions],
  )
  await db.query(
    `insert into import_steps (session_id, kind, position, status, processed, created)
     select id, kind::step_kind, position, 'COMPLETED', 100, 100 from import_sessions
     cross join (values ('groups', 0), ('goods', 1), ('prices', 2), ('stock', 3)) as steps (kind, position)`,
  )
  await db.query(
    `insert into import_attempts (token, session_id, number, worker_id, started_at, finished_at)
     select gen_random_uuid(), id, 1, 'pool', started_at, finished_at from import_sessions`,
  )
  await db.query(`set session_replication_role = origin`)
  for (const { definition } of indexes) await db.query(definition)
  await db.query(`vacuum analyze`)
}
