import { sql } from 'kysely'
import type { Context } from './context.ts'

/** Writes that keys were used today (UTC); of a key that has the day already nothing is written. */
export async function recordKeyUse({ db }: Pick<Context, 'db'>, keyIds: readonly string[]): Promise<void> {
  if (keyIds.length === 0) return
  await sql`
    update api_key set last_used_on = today
    from (select (clock_timestamp() at time zone 'UTC')::date as today) as clock
    where id = any(${[...keyIds]}::uuid[]) and last_used_on is distinct from today`.execute(db)
}
