import { type Basis, requireBasis } from '@droplock/rules/listings'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type LockedListing, lockListing } from '../locks.ts'
import { followMoves } from './follow-moves.ts'
import {
  basisOf,
  type OverridePreview,
  planUndo,
  readMoveTerms,
  scheduleFacts,
  scheduleOf,
} from './preview.ts'

type UndoOverride = { readonly listingId: string; readonly reason: string; readonly basis: Basis }

/**
 * Undoes an override: the listing returns to what lists say now, and follows them again. An order that was secured in the meantime
 * stays, even where the cut-off is past then (rule 6). Throws Refusal: forbidden, reason_required,
 * listing_not_found, listing_not_overridden, listing_not_movable, listing_changed, try_again.
 */
export async function undoOverride(ctx: StaffContext, command: UndoOverride): Promise<OverridePreview> {
  requirePermission(ctx, 'schedules:override')
  const reason = requireReason(command.reason)
  return inTransaction(ctx.db, async (tx) => {
    const listing = await lockListing(tx, command.listingId)
    const terms = await readMoveTerms(tx, listing)
    requireBasis(command.basis, basisOf(listing, terms))
    const plan = planUndo(listing, terms)
    await removeOverride(tx, ctx, listing, plan, reason, terms.now)
    await followMoves(tx, ctx, [listing.id])
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'listing.override_undone',
      subjectType: 'listing',
      subjectId: listing.id,
      reason,
      before: { name: listing.name, state: listing.state, ...scheduleFacts(scheduleOf(listing)) },
      after: { name: listing.name, state: plan.effect.stateAfter, ...scheduleFacts(plan.after) },
    })
    return plan
  })
}

async function removeOverride(
  tx: Transaction<Database>,
  ctx: StaffContext,
  listing: LockedListing,
  { effect }: OverridePreview,
  reason: string,
  now: Date,
): Promise<void> {
  await sql`
    update schedule_override set undone_by = ${ctx.actor.staffId}, undone_at = ${now}, undo_reason = ${reason},
      cutoff_returned_to = listing.listed_cutoff_at, drop_from_returned_to = listing.listed_drop_from,
      drop_to_returned_to = listing.listed_drop_to
    from listing where listing.id = ${listing.id} and schedule_override.id = listing.override_id`.execute(tx)
  await sql`
    update listing set
      state = ${effect.stateAfter}, override_id = null,
      cutoff_at = listed_cutoff_at, drop_from = listed_drop_from, drop_to = listed_drop_to,
      listed_cutoff_at = null, listed_drop_from = null, listed_drop_to = null
    where id = ${listing.id}`.execute(tx)
}
