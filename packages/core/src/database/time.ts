import { type Kysely, sql } from 'kysely'
import type { Database } from './tables.gen.ts'

/**
 * The database's wall clock, read now. `clock_timestamp()`, never `now()`: that one is fixed at the transaction's start,
 * and a caller that waited for a lock would get a time before its wait.
 */
export async function databaseTime(db: Kysely<Database>): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('the database returned no time')
  return row.at
}
