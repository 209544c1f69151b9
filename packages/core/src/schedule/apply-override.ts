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
  type PreviewOverride,
  planOverride,
  readMoveTerms,
  scheduleFacts,
  scheduleOf,
} from './preview.ts'

type ApplyOverride = PreviewOverride & { readonly reason: string; readonly basis: Basis }

/**
 * Moves a listing's window and cut-off by an operator's decision (rule 6); from then on lists do not move it. Returns what was done,
 * in the form of the preview. Throws Refusal: forbidden, reason_required, listing_not_found, listing_not_movable,
 * invalid_window, listing_changed (see `requireBasis`), try_again.
 */
export async function applyOverride(ctx: StaffContext, command: ApplyOverride): Promise<OverridePreview> {
  requirePermission(ctx, 'schedules:override')
  const reason = requireReason(command.reason)
  return inTransaction(ctx.db, async (tx) => {
    const listing = await lockListing(tx, command.listingId)
    const terms = await readMoveTerms(tx, listing)
    requireBasis(command.basis, basisOf(listing, terms))
    const plan = planOverride(listing, terms, command.window)
    await putInForce(tx, ctx, listing, plan, reason, terms.now)
    await followMoves(tx, ctx, [listing.id])
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'listing.overridden',
      subjectType: 'listing',
      subjectId: listing.id,
      reason,
      before: { name: listing.name, state: listing.state, ...scheduleFacts(scheduleOf(listing)) },
      after: { name: listing.name, state: plan.effect.stateAfter, ...scheduleFacts(plan.after) },
    })
    return plan
  })
}

/** An override that was in force is replaced and the listed schedule stays, so undoing never returns to another override. */
async function putInForce(
  tx: Transaction<Database>,
  ctx: StaffContext,
  listing: LockedListing,
  { after, effect }: OverridePreview,
  reason: string,
  now: Date,
): Promise<void> {
  const id = ctx.newId()
  await tx
    .updateTable('schedule_override')
    .set({ replaced_at: now })
    .where('listing_id', '=', listing.id)
    .where('replaced_at', 'is', null)
    .where('undone_at', 'is', null)
    .execute()
  await sql`
    insert into schedule_override (id, listing_id, cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before,
      drop_to_before, reason, applied_by, applied_at)
    select ${id}, id, ${after.cutoffAt}, ${after.dropFrom}, ${after.dropTo}, cutoff_at, drop_from, drop_to, ${reason},
      ${ctx.actor.staffId}, ${now}
    from listing where id = ${listing.id}`.execute(tx)
  await sql`
    update listing set
      state = ${effect.stateAfter}, override_id = ${id},
      listed_cutoff_at = coalesce(listed_cutoff_at, cutoff_at), listed_drop_from = coalesce(listed_drop_from, drop_from),
      listed_drop_to = coalesce(listed_drop_to, drop_to),
      cutoff_at = ${after.cutoffAt}, drop_from = ${after.dropFrom}, drop_to = ${after.dropTo}
    where id = ${listing.id}`.execute(tx)
}
