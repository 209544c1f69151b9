import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Opens every upcoming listing whose time has come (rule 5). Returns how many. Safe to run at any time, in any number. */
export async function openDue(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id from listing where state = 'upcoming' and opens_at <= clock_timestamp()
      order by id for update skip locked
    )
    update listing set state = 'open' from due where listing.id = due.id returning listing.id`.execute(db)
  return rows.length
}
