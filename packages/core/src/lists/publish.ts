import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockForPublication } from './lock.ts'
import { orAlreadyPublished } from './or-already-published.ts'
import { type Publication, publishLocked } from './publish-locked.ts'
import { requireState } from './require-state.ts'

export type PublishRun = {
  readonly runId: string
  /** When the new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

/**
 * Publishes a staged run in one transaction: new names become listings, known ones move with the list, names that a
 * snapshot no longer carries become suspect. Holds nothing back; `settleRun` does. Rules 5, 6, 12. Throws Refusal:
 * sync_run_not_found, sync_run_not_publishable, list_already_published (this very list is in force: nothing changes).
 */
export async function publishRun(ctx: Context, command: PublishRun): Promise<Publication> {
  return orAlreadyPublished(() =>
    inTransaction(ctx.db, async (tx) => {
      const run = await lockForPublication(tx, command.runId)
      requireState(run, 'ready')
      return publishLocked(tx, ctx, run, { opensAt: command.opensAt })
    }),
  )
}
