import { Refusal } from '@droplock/rules/refusals'
import type { Context } from '../context.ts'
import { violated } from '../database/errors.ts'
import { inTransaction } from '../database/transaction.ts'
import { type LockedRun, lockRun } from './lock.ts'
import { type Publication, publishLocked } from './publish-locked.ts'

export type { Publication } from './publish-locked.ts'

export type PublishRun = {
  readonly runId: string
  /** When the new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

/**
 * Publishes a staged run in one transaction: new names become listings, known ones move with the list, names that a
 * snapshot no longer carries become suspect. Holds nothing back; `settleRun` does. Rules 5, 6, 12. Throws Refusal:
 * sync_run_not_found, sync_run_not_publishable, list_already_published (the same octets were published before: nothing
 * changes).
 */
export async function publishRun(ctx: Context, command: PublishRun): Promise<Publication> {
  return orAlreadyPublished(() =>
    inTransaction(ctx.db, async (tx) => {
      const run = await lockRun(tx, command.runId)
      requireState(run, 'ready')
      return publishLocked(tx, ctx, run, command.opensAt)
    }),
  )
}

/** Throws Refusal('sync_run_not_publishable') unless the run is in this state. */
export function requireState(run: LockedRun, state: LockedRun['state']): void {
  if (run.state === state) return
  throw new Refusal('sync_run_not_publishable', `This sync run is ${run.state}.`, { state: run.state })
}

/** Tells a second publication of the same octets by its own name. */
export async function orAlreadyPublished<Result>(publish: () => Promise<Result>): Promise<Result> {
  try {
    return await publish()
  } catch (error) {
    if (!violated(error, 'one_publication_per_content')) throw error
    throw new Refusal('list_already_published', 'This list has been published already: nothing changed.')
  }
}
