import { type Basis, requireBasis } from '@droplock/rules/listings'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockListing } from '../locks.ts'
import { madeBy } from './change-row.ts'
import { removeOverrides } from './move.ts'
import {
  basisOf,
  moveOf,
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
    await removeOverrides(tx, ctx, [await moveOf(tx, plan)], {
      reason,
      by: madeBy(ctx.actor),
      now: terms.now,
    })
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
