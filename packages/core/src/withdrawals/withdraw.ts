import { backorderMachine } from '@droplock/rules/machines/backorder'
import { catchTargetMachine } from '@droplock/rules/machines/catch-target'
import { listingMachine } from '@droplock/rules/machines/listing'
import { next, nextIfAllowed } from '@droplock/rules/machines/machine'
import { noCreates } from '@droplock/rules/statistics'
import type { Transaction } from 'kysely'
import { expireHolds } from '../backorders/expire.ts'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { findTargetOfListing, type LockedListing, lockBackorder } from '../locks.ts'
import { countDecided } from '../statistics/count.ts'
import { failBackorders } from '../targets/end-orders.ts'
import { resumeDrop } from '../targets/resume-drop.ts'

/** Why a listing is withdrawn: an answer about a suspect, or operators, of whom two decide where the name has a holder. */
export type WithdrawalGround =
  | { readonly answerId: string; readonly basis: 'info' | 'rdap'; readonly code: number | null }
  | { readonly reason: string; readonly proposalId?: string }

/** `stopping`: its drop has begun. The catcher sends no further create, and ends it when nothing of ours is unanswered. */
export type Withdrawn = 'withdrawn' | 'stopping'

/**
 * Withdraws a listing in the caller's transaction, with its ground: its target and its backorder end too, the holder is refunded as
 * `withdrawn`, and an unpaid hold expires. A target that may have a create under way, because its drop had begun, is left to its catcher: what was registered
 * meanwhile stays registered, and is not refunded. The caller holds the listing's lock. Rules 9, 15.
 */
export async function withdrawListing(
  tx: Transaction<Database>,
  ctx: Context,
  listing: LockedListing,
  ground: WithdrawalGround,
  now: Date,
): Promise<Withdrawn> {
  await tx
    .insertInto('withdrawal')
    .values({
      listing_id: listing.id,
      at: now,
      ...('answerId' in ground
        ? { answer_id: ground.answerId }
        : { reason: ground.reason, proposal_id: ground.proposalId ?? null }),
    })
    .execute()
  noteWork(tx)
  const target = await findTargetOfListing(tx, listing)
  if (target !== undefined && target.fired_at !== null) {
    // Its drop was stopped, by a move or a skipped day, and begins again so that the catcher asks what became of its creates.
    if (target.state === 'armed' || target.state === 'disarmed') await resumeDrop(tx, target)
    return 'stopping'
  }
  if (target !== undefined)
    await tx
      .updateTable('catch_target')
      .set({
        state: next(catchTargetMachine, target.state, 'withdraw'),
        decided_at: now,
        creates: 0,
        wasted_creates: 0,
        decided_basis: 'basis' in ground ? ground.basis : null,
        // That of EPP; one of HTTP is with the answer.
        decided_code: 'basis' in ground && ground.basis === 'info' ? ground.code : null,
        proposal_id: 'proposalId' in ground ? (ground.proposalId ?? null) : null,
      })
      .where('id', '=', target.id)
      .execute()
  await tx
    .updateTable('listing')
    .set({ state: next(listingMachine, listing.state, 'withdraw'), ended_at: now })
    .where('id', '=', listing.id)
    .execute()
  if (listing.holder !== null) await endOrder(tx, ctx, listing.holder, now)
  return 'withdrawn'
}

/** A secured order fails and is refunded; an unpaid one expires. One that has ended before is not changed. */
async function endOrder(tx: Transaction<Database>, ctx: Context, id: string, now: Date): Promise<void> {
  const backorder = await lockBackorder(tx, id)
  if (backorder.state === 'pending_payment') await expireHolds(tx, ctx, [id], 'listing_ended')
  else if (nextIfAllowed(backorderMachine, backorder.state, 'fail') !== undefined) {
    await failBackorders(tx, ctx, [{ backorder, reason: 'withdrawn' }], now)
    await countDecided(tx, [{ ...noCreates, backorder, outcome: 'withdrawn' }], now)
  }
}
