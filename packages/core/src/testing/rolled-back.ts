import type { Kysely, Transaction } from 'kysely'
import { afterAll } from 'vitest'
import type { Database } from '../database/tables.gen.ts'
import { type Clone, cloneDatabase } from './clone-database.ts'

class RollBack extends Error {}

/** One clone for all tests of a file: files run side by side, and unfinished transactions on shared rows would wait. */
let clone: Promise<Clone> | undefined

/**
 * Runs `test` inside a transaction that is always rolled back. Use cases called with `tx` run as parts of it (see
 * `inTransaction`): what is promised for commit is checked at the end of each. Costs some 0.1 ms after the first.
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
