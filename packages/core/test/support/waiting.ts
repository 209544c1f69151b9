import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import { expect, vi } from 'vitest'
import type { Database } from '../../src/database/tables.gen.ts'

/** Repeats what is refused with `try_again`, as a client does: on a busy machine locks are not had in time. */
export async function untilAnswered<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'try_again') throw error
    }
  }
}

/** Opens so many connections and leaves them open, one after another: of many at once, the last would not be open in time. */
export async function connectAll(db: Kysely<Database>, count: number): Promise<void> {
  const all = Promise.withResolvers<void>()
  const held: Promise<void>[] = []
  while (held.length < count) {
    const opened = Promise.withResolvers<void>()
    const hold = async () => {
      opened.resolve()
      await all.promise
    }
    held.push(db.connection().execute(hold))
    await opened.promise
  }
  all.resolve()
  await Promise.all(held)
}

/** How many connections of this database wait for a lock. */
export async function countWaiting(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql`
    select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(db)
  return rows.length
}

/** Resolves when one connection of this database waits for a lock. */
export function untilOneWaits(db: Kysely<Database>): Promise<void> {
  const look = async () => expect(await countWaiting(db)).toBe(1)
  return vi.waitFor(look, { timeout: 10_000, interval: 10 })
}
