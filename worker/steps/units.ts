import type { Client } from 'pg'
import type { UnitRecord } from '@/worker/commerceml/records'
import type { Staging } from '@/worker/staging'
import { ID } from './step'

// Units of measure (COMMERCEML.md §3): what the codes are called that goods name. A good keeps what 1C wrote, a code or a
// name; who shows it looks the code up. They are no records of a step: nobody imports a catalogue for them.

const TABLE = {
  name: 'stage_units',
  columns: { seq: 'int not null', id: ID, code: ID, name: 'text', full_name: 'text', international: 'text' },
}

export const UNIT_TABLES = [TABLE]

export const stageUnit = ({ id, code, name, fullName, international }: UnitRecord, seq: number, staging: Staging) =>
  staging.put(TABLE.name, [seq, id, code, name, fullName, international])

/** Writes the units that differ from what is stored; of two with one id the last. */
export async function applyUnits(db: Client): Promise<void> {
  const fields = ['code', 'name', 'full_name', 'international']
  const list = (alias: string) => fields.map((field) => `${alias}.${field}`).join(', ')
  await db.query(
    `insert into units as t (onec_id, ${fields.join(', ')})
     select distinct on (s.id) s.id, ${list('s')} from ${TABLE.name} as s order by s.id, s.seq desc
     on conflict (onec_id) do update set (${fields.join(', ')}, updated_at) = (${list('excluded')}, now())
     where (${list('t')}) is distinct from (${list('excluded')})`,
  )
}
