import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { lockMsDefault } from '../database/bounded-dialect.ts'
import type { Database } from '../database/tables.gen.ts'
import { setLockTimeout } from '../database/transaction.ts'

/** A sync run under FOR UPDATE; taken before any listing. Throws Refusal('sync_run_not_found'). */
export async function lockRun(tx: Transaction<Database>, id: string) {
  const run = await tx.selectFrom('sync_run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  return run
}

/** A publication waits so long for the one before it: longer than for other locks, for a large list takes its time. Milliseconds. */
const publicationLockMsMax = 10_000

/**
 * A sync run and its registry, so that lists of a registry are published one after another: which of them is the latest is
 * then the same for all. Throws as `lockRun` does.
 */
export async function lockForPublication(tx: Transaction<Database>, id: string) {
  const run = await lockRun(tx, id)
  await setLockTimeout(tx, publicationLockMsMax)
  await tx
    .selectFrom('registry')
    .select('id')
    .where('id', '=', run.registry_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  await setLockTimeout(tx, lockMsDefault)
  return run
}

export type LockedRun = Awaited<ReturnType<typeof lockRun>>
