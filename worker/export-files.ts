import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { database } from '@/lib/db'
import type { ExportFile } from '@/lib/imports/export'
import type { Claim } from '@/lib/imports/lifecycle'

/** Records which files the attempt reads: names, sizes, dates. */
export async function recordFiles({ sessionId, token }: Claim, files: readonly ExportFile[]): Promise<void> {
  const rows = files.map(({ name, size, modifiedAt }, position) => ({ name, position, size, modified_at: modifiedAt }))
  await database().$executeRaw`
    insert into import_files (session_id, name, position, size, modified_at)
    select s.id, f.name, f.position, f.size, f.modified_at
    from import_sessions as s,
      json_to_recordset(${JSON.stringify(rows)}::json) as f(name text, position int, size bigint, modified_at timestamptz)
    where s.id = ${sessionId} and s.attempt_token = ${token}::uuid
    on conflict (session_id, name) do update
    set position = excluded.position, size = excluded.size, modified_at = excluded.modified_at, sha256 = null`
}

/**
 * Records the SHA-256 of the files. It is made after they are read, while PostgreSQL applies the steps and this process
 * has nothing to do: made while reading it would cost some 3 % of an import. A file that has changed meanwhile has none.
 */
export async function hashFiles(
  { sessionId, source, token }: Claim,
  files: readonly ExportFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const { name, size, modifiedAt } of files) {
    const file = path.join(source, name)
    const hash = createHash('sha256')
    for await (const piece of createReadStream(file, { signal, highWaterMark: 256 * 1024 })) hash.update(piece)
    const now = await stat(file)
    if (now.size !== size || now.mtime.getTime() !== modifiedAt.getTime()) continue
    await database().$executeRaw`
      update import_files as f set sha256 = ${hash.digest('hex')} from import_sessions as s
      where f.session_id = ${sessionId} and f.name = ${name} and s.id = f.session_id and s.attempt_token = ${token}::uuid`
  }
}
