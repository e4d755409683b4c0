import { kindOf } from '@/worker/commerceml/customer'
import { ACTIVITY_AFTER_MARK, countDeactivated } from './activity'
import { takeLatest } from './latest'
import { type ApplyContext, ID, NOTHING, ORIGIN_COLUMNS, rowsOf, type Step } from './step'

const TABLE = {
  name: 'stage_customers',
  columns: {
    ...ORIGIN_COLUMNS,
    id: ID,
    kind: 'customer_kind not null',
    name: 'text',
    full_name: 'text',
    inn: 'text',
    kpp: 'text',
    email: 'text',
    phone: 'text',
    address: 'text',
    deleted: 'boolean not null',
  },
}

/** What an empty value never erases. */
const DETAILS = ['full_name', 'inn', 'kpp', 'email', 'phone', 'address']

/** Customers, matched by id only (COMMERCEML.md §5, Customers). */
export const customers: Step = {
  kind: 'customers',
  records: ['customer'],
  tables: [TABLE],

  stage(record, { seq, file }, staging) {
    if (record.kind !== 'customer') return
    const { line, id, customerKind, name, fullName, inn, kpp, email, phone, address, deleted } = record
    staging.put(TABLE.name, [
      seq,
      file,
      line,
      id,
      customerKind,
      name,
      fullName,
      inn,
      kpp,
      email,
      phone,
      address,
      deleted,
    ])
  },

  async apply(context) {
    const { db } = context
    const { distinct, repeated, superseded } = await takeLatest(context, {
      staged: TABLE.name,
      latest: 'latest_customers',
      key: ['id'],
      values: ['kind', 'name', ...DETAILS, 'deleted'],
      externalId: 'id',
    })
    const nameless = await refuseNameless(context)
    await settleKinds(context)
    const deactivated = await countDeactivated(db, 'customers', 'latest_customers')
    const columns = ['kind', 'name', ...DETAILS, 'is_active', 'deactivated_by_import']
    const list = (alias: string) => columns.map((column) => `${alias}.${column}`).join(', ')
    const updated = await rowsOf(
      db,
      `update customers as t set (${columns.join(', ')}) = (${list('n')}), updated_at = now()
       from (
         select t.id, l.kind, coalesce(l.name, t.name) as name, ${DETAILS.map((field) => `coalesce(l.${field}, t.${field}) as ${field}`).join(', ')}, activity.*
         from latest_customers as l join customers as t on t.onec_id = l.id
         cross join lateral (select ${ACTIVITY_AFTER_MARK}) as activity(is_active, deactivated_by_import)
       ) as n
       where t.id = n.id and (${list('t')}) is distinct from (${list('n')})`,
    )
    const created = await rowsOf(
      db,
      `insert into customers (onec_id, ${columns.join(', ')})
       select l.id, l.kind, coalesce(l.name, l.full_name), ${DETAILS.map((field) => `l.${field}`).join(', ')}, not l.deleted, l.deleted
       from latest_customers as l
       where not exists (select from customers where onec_id = l.id)
       order by l.id`,
    )
    const unchanged = distinct - nameless - created - updated + repeated
    return { ...NOTHING, created, updated, unchanged, skipped: superseded, deactivated }
  },
}

/** Customers whom nothing names, neither here nor in an earlier import; returns how many. */
async function refuseNameless({ db, problems }: ApplyContext): Promise<number> {
  const nameless = `
    l.name is null and l.full_name is null and not exists (select from customers where onec_id = l.id)`
  const found = await problems.add(
    { severity: 'error', code: 'missing_name', field: 'Наименование' },
    `select l.file, l.line, l.id as external_id, null as detail from latest_customers as l where ${nameless}`,
    () => ({ key: 'missingName', values: { record: { key: 'record.customer' } } }),
  )
  if (found > 0) await db.query(`delete from latest_customers as l where ${nameless}`)
  return found
}

/** The kind follows from all that is known: also from what this export leaves empty, and an earlier one told. */
async function settleKinds({ db }: ApplyContext): Promise<void> {
  const told = ['full_name', 'inn', 'kpp']
  const { rows } = await db.query<{
    id: string
    name: string | null
    fullName: string | null
    inn: string | null
    kpp: string | null
  }>(
    `select l.id, coalesce(l.name, t.name) as name, coalesce(l.full_name, t.full_name) as "fullName", coalesce(l.inn, t.inn) as inn, coalesce(l.kpp, t.kpp) as kpp
     from latest_customers as l join customers as t on t.onec_id = l.id
     where ${told.map((field) => `(l.${field} is null and t.${field} is not null)`).join(' or ')}`,
  )
  if (rows.length === 0) return
  await db.query(
    `update latest_customers as l set kind = k.kind
     from json_to_recordset($1) as k(id text, kind customer_kind) where k.id = l.id`,
    [JSON.stringify(rows.map((row) => ({ id: row.id, kind: kindOf(row) })))],
  )
}
