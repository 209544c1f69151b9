import { type OutcomeRow, outcomeTable } from '@droplock/rules/drop/outcome'
import { backorderMachine, type FailureReason } from '@droplock/rules/machines/backorder'
import { catchTargetMachine } from '@droplock/rules/machines/catch-target'
import { listingMachine } from '@droplock/rules/machines/listing'
import { isTerminal, next } from '@droplock/rules/machines/machine'
import type { Transaction } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { requireLease } from '../leases.ts'
import { post } from '../ledger/post.ts'
import {
  type LockedBackorder,
  type LockedListing,
  lockBackorder,
  lockListing,
  lockSecuringPayment,
  lockTarget,
} from '../locks.ts'
import { recordDrop } from '../observed/record-drop.ts'
import { refundAutomatically } from '../refunds/refund-automatically.ts'
import { recordRegistration } from '../registrations/record.ts'
import { concludeOverAccounts } from './conclude.ts'
import { recordAttempts } from './record.ts'
import { outlastsMove, resumeDrop } from './resume-drop.ts'
import type { TargetOutcome } from './target-outcome.ts'

export type { TargetOutcome } from './target-outcome.ts'

/** The alarms of a target whose outcome is missing or could not be recorded. */
const alarmsWhileUndecided = ['settlement_stuck', 'target_undecided'] as const

/**
 * Records the outcome of a target in one transaction: target, listing, backorder, money and events, by `outcomeTable`. Done once: a
 * repetition (a second catcher, a journal replay) finds the target decided and returns false. So does what only the old window showed,
 * where the schedule has moved meanwhile; and what one account found while another one of ours may hold the name, which is kept
 * (`concludeOverAccounts`). Throws LeaseLost. Rules 7, 8, 9, 11, 29.
 */
export async function recordOutcome(ctx: Context, found: TargetOutcome): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, found.lease)
    const listing = await lockListing(tx, found.listingId)
    const target = await lockTarget(tx, found.targetId)
    if (target.listing_id !== listing.id)
      throw new Error(`target ${target.id} is not of listing ${listing.id}`)
    await recordAttempts(tx, found.attempts)
    await clearAlarms(
      { ...ctx, db: tx },
      alarmsWhileUndecided.map((kind) => ({ kind, subject: target.id })),
    )
    if (isTerminal(catchTargetMachine, target.state)) return false
    const moved = isMoved(target, found)
    if (moved && !outlastsMove(found)) return false
    const decided = (await concludeOverAccounts(tx, [found])).get(target.id)
    if (decided === undefined) return false
    // A withdrawn name needs no drop to end.
    const drop = moved && decided.outcome !== 'withdrawn' ? await resumeDrop(tx, target) : { listing, target }
    const row = outcomeTable[decided.outcome]
    const backorder = await lockBackorder(tx, target.backorder_id)
    const now = await databaseTime(tx)
    await endTarget(tx, drop.target, decided, row, now)
    await endListing(tx, drop.listing, row, now)
    await recordDrop(tx, decided)
    if (decided.outcome === 'registered') {
      const { registryAccountId, heldBy = registryAccountId, crDate, exDate, charged } = decided
      const expiresAt = await recordRegistration(tx, ctx, {
        backorder,
        targetId: target.id,
        registryAccountId: heldBy,
        crDate,
        exDate,
        charged,
      })
      await succeedBackorder(tx, ctx, backorder, { crDate, expiresAt }, now)
    } else await failBackorder(tx, ctx, backorder, decided.outcome, now)
    return true
  })
}

/** Whether its schedule moved, or its day was skipped, since the catcher began to work on it. */
function isMoved(target: Awaited<ReturnType<typeof lockTarget>>, { arming }: TargetOutcome): boolean {
  return arming !== undefined && (arming !== target.arming || target.state === 'disarmed')
}

async function endTarget(
  tx: Transaction<Database>,
  target: Awaited<ReturnType<typeof lockTarget>>,
  decided: TargetOutcome,
  row: OutcomeRow,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('catch_target')
    .set({
      state: next(catchTargetMachine, target.state, row.target),
      decided_at: now,
      decided_code: decided.code,
      decided_basis: decided.basis ?? null,
      decided_by: decided.registryAccountId,
      proposal_id: decided.proposalId ?? null,
      deciding_cltrid: decided.decidingClTRID ?? null,
      holder_clid: decided.holderClid,
      cr_date: decided.outcome === 'registered' ? decided.crDate : null,
      winner_created_at: decided.outcome === 'lost' ? (decided.holderCrDate ?? null) : null,
    })
    .where('id', '=', target.id)
    .execute()
  await tx.deleteFrom('target_try').where('target_id', '=', target.id).execute()
}

async function endListing(
  tx: Transaction<Database>,
  listing: LockedListing,
  row: OutcomeRow,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('listing')
    .set({ state: next(listingMachine, listing.state, row.listing), ended_at: now })
    .where('id', '=', listing.id)
    .execute()
}

/** The name was not caught: the backorder fails with the reason and is refunded at once. The caller holds the locks. Rule 9. */
export async function failBackorder(
  tx: Transaction<Database>,
  ctx: Context,
  backorder: LockedBackorder,
  reason: FailureReason,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('backorder')
    .set({ state: next(backorderMachine, backorder.state, 'fail'), failure_reason: reason, decided_at: now })
    .where('id', '=', backorder.id)
    .execute()
  const payment = await lockSecuringPayment(tx, backorder.id)
  const refund = await refundAutomatically(tx, ctx, {
    payment,
    cause: 'backorder_failed',
    source: 'escrow',
    now,
  })
  await publish(tx, ctx, 'backorder.failed', backorder.id, { refund })
}

type Won = { readonly crDate: Date; readonly expiresAt: Date }

/** The name was caught: escrow → revenue, settled at the registry's crDate (rule 8). The caller holds the locks. */
export async function succeedBackorder(
  tx: Transaction<Database>,
  ctx: Context,
  backorder: LockedBackorder,
  { crDate, expiresAt }: Won,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('backorder')
    .set({ state: next(backorderMachine, backorder.state, 'succeed'), settled_at: crDate, decided_at: now })
    .where('id', '=', backorder.id)
    .execute()
  await post(tx, {
    cause: 'settle',
    causeId: backorder.id,
    from: 'escrow',
    to: 'revenue',
    amountMinor: backorder.price_minor,
    currency: backorder.currency,
    accountId: backorder.account_id,
    backorderId: backorder.id,
  })
  await publish(tx, ctx, 'backorder.successful', backorder.id, { expires_at: expiresAt.toISOString() })
}
