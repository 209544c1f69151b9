import type { Kysely, Transaction } from 'kysely'
import { afterAll } from 'vitest'
import type { Database } from '../database/tables.gen.ts'
import { type Clone, cloneDatabase } from './clone-database.ts'

class RollBack extends Error {}

/** One clone for all tests of a file. Files run in parallel, and their open transactions would wait for each other's rows. */
let clone: Promise<Clone> | undefined

/**
 * Runs `test` inside a transaction that is always rolled back. Use cases called with `tx` run as parts of it (see `inTransaction`),
 * and deferred constraints are checked at the end of each. Takes about 0.1 ms after the first.
 */
export async function rolledBack(test: (tx: Transaction<Database>) => Promise<void>): Promise<void> {
  const db = await fileDatabase()
  const outcome = db.transaction().execute(async (tx) => {
    await test(tx)
    throw new RollBack()
  })
  await outcome.catch((error: unknown) => {
    if (!(error instanceof RollBack)) throw error
  })
}

async function fileDatabase(): Promise<Kysely<Database>> {
  clone ??= cloneDatabase({ connectionsMax: 2 })
  return (await clone).db
}

afterAll(async () => {
  await (await clone)?.drop()
})
