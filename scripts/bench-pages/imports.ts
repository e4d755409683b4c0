import type pg from 'pg'

/** So many settled sessions as a list shows them, some with an error of some length; each twentieth of images. */
export async function fillList(db: pg.Client, sessions: number): Promise<void> {
  await db.query(
    `insert into import_sessions (types, source, request_key, status, job_id, error_message, created_at, started_at, finished_at)
     select (case when n % 20 = 3 then '{images}' else '{catalog,prices}' end)::import_type[], '/srv/1c/export', '', status, 1000 + n,
       case when status = 'FAILED' then 'Файл goods/' || n || '/import.xml обрывается на строке ' || n * 7919 || ': выгрузите его из 1С ещё раз' end,
       at, at + interval '2 seconds', at + (60 + n * 31 % 600) * interval '1 second'
     from generate_series(1, $1::int) as n
     cross join lateral (select (case when n % 7 = 0 or n = $1 then 'FAILED' when n % 5 = 0 then 'COMPLETED_WITH_ERRORS' else 'COMPLETED' end)::session_status as status,
       now() - ($1 - n) * interval '37 minutes' as at) as moment`,
    [sessions],
  )
  await db.query(
    `insert into import_steps (session_id, kind, position, status, processed, created)
     select id, kind::step_kind, position, 'COMPLETED', 100, 100 from import_sessions
     cross join (values ('groups', 0), ('goods', 1), ('prices', 2)) as steps (kind, position)`,
  )
}

/** The newest session has failed for another reason: a change that every list shows. */
export async function changeNewest(db: pg.Client, reason: string): Promise<void> {
  await db.query(
    `update import_sessions set error_message = $1 where id = (select max(id) from import_sessions where status = 'FAILED')`,
    [reason],
  )
}
