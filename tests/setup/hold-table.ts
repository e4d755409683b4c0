import pg from 'pg'
import { onTestFinished } from 'vitest'

/** Stops an import where it would write to the table, until the returned function is called. Readers are not held up. */
export async function holdTable(table: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query('begin')
  await client.query(`lock table ${table} in exclusive mode`)
  let release: Promise<void> | undefined
  // Ending the connection ends the transaction, and with it the lock.
  const releaseOnce = () => {
    release ??= client.end()
    return release
  }
  onTestFinished(releaseOnce)
  return releaseOnce
}
