import { Refusal } from '@droplock/rules/refusals'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockForPublication } from '../locks.ts'
import { carryOut } from './carry-out.ts'
import { isListInForce } from './identity.ts'
import { identityOf, requirePublishable } from './internal.ts'
import type { Publication } from './publication.ts'
import { beginPublication, isPublishing, waitForTurn } from './turn.ts'

type PublishRun = {
  readonly runId: string
  /** When the new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

/**
 * Publishes a staged run: new names become listings, known ones move with the list, and names that a snapshot no longer carries become
 * suspect. Nothing is quarantined or outdated here; see `publishOrQuarantine`. Rules 5, 6, 12. Throws Refusal: sync_run_not_found,
 * sync_run_not_publishable, list_already_published (the same list is in force, nothing changes).
 */
export async function publishRun(ctx: Context, { runId, opensAt }: PublishRun): Promise<Publication> {
  const publisher = ctx.newId()
  for (;;) {
    const begun = await inTransaction(ctx.db, async (tx) => {
      const { run } = await lockForPublication(tx, runId)
      requirePublishable(run, 'ready')
      if (await isPublishing(tx, run.registry_id)) return { waitFor: run.registry_id }
      if (await isListInForce({ ...ctx, db: tx }, identityOf(run))) throw alreadyPublished()
      await beginPublication(tx, run, { publisher, opensAt })
      return { waitFor: undefined }
    })
    if (begun.waitFor === undefined) return carryOut(ctx, { runId, publisher })
    await waitForTurn(ctx, begun.waitFor, undefined)
  }
}

export function alreadyPublished(): Refusal {
  return new Refusal('list_already_published', 'This list has been published already: nothing changed.')
}
