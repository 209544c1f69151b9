import { type Basis, requireBasis } from '@droplock/rules/listings'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockListing } from '../locks.ts'
import {
  basisOf,
  moveOf,
  type OverridePreview,
  type PreviewOverride,
  planOverride,
  readMoveTerms,
  scheduleFacts,
  scheduleOf,
} from './preview.ts'
import { recordChangeOfOne } from './record-one.ts'

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
    await recordChangeOfOne(tx, ctx, { move: await moveOf(tx, plan), reason, now: terms.now })
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
