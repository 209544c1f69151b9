import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A sync run under FOR UPDATE; taken before any listing. Throws Refusal('sync_run_not_found'). */
export async function lockRun(tx: Transaction<Database>, id: string) {
  const run = await tx.selectFrom('sync_run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  return run
}

export type LockedRun = Awaited<ReturnType<typeof lockRun>>
