import { type OutcomeBasis, type OutcomeRow, outcomeTable } from '@droplock/rules/drop/outcome'
import { backorderMachine, type FailureReason } from '@droplock/rules/machines/backorder'
import { catchTargetMachine, type Outcome } from '@droplock/rules/machines/catch-target'
import { listingMachine } from '@droplock/rules/machines/listing'
import { isTerminal, next } from '@droplock/rules/machines/machine'
import type { Money } from '@droplock/rules/money'
import type { Transaction } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { type Lease, requireLease } from '../leases.ts'
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
import { type Attempt, recordAttempts } from './record.ts'
import { outlastsMove, resumeDrop } from './resume-drop.ts'

export type TargetOutcome = {
  readonly targetId: string
  readonly listingId: string
  /** The arming of the target that the catcher worked on; left out where people decided. */
  readonly arming?: number
  /** The proposal that decided it, where people did. */
  readonly proposalId?: string | undefined
  /** The EPP result code that decided it, if one did. */
  readonly code: number | null
  /** What showed it; left out where nothing from the registry did. */
  readonly basis?: OutcomeBasis
  /** Our transaction id of the command whose answer decided it, if one did. */
  readonly decidingClTRID?: string | undefined
  /** Who holds the name now, if the registry said so. */
  readonly holderClid: string | null
  /** When that registration was created, if the registry said so. */
  readonly holderCrDate?: Date | undefined
  /** The registry's clock minus ours, as the catcher measured it. Milliseconds. */
  readonly clockOffsetMs?: number
  /** Evidence that is not recorded yet; it is recorded even where the target is decided already. */
  readonly attempts: readonly Attempt[]
  /** The lease of the catcher that decided it, which must still hold it; none where people decided. */
  readonly lease?: Lease
} & (
  | {
      readonly outcome: 'registered'
      /** The registry account that holds it. */
      readonly registryAccountId: string
      readonly crDate: Date
      readonly exDate?: Date | undefined
      /** What the registry charged, where its answer said so (RFC 8748). */
      readonly charged?: Money | undefined
    }
  | {
      readonly outcome: Exclude<Outcome, 'registered'>
      /** The registry account whose answers decided it; null where people did. */
      readonly registryAccountId: string | null
    }
)

/** The alarms of a target whose outcome is missing or could not be recorded. */
const alarmsWhileUndecided = ['settlement_stuck', 'target_undecided'] as const

/**
 * Records the outcome of a target in one transaction: target, listing, backorder, money and events, by `outcomeTable`. Done once: a
 * repetition (a second catcher, a journal replay) finds the target decided and returns false. So does what only the old window showed,
 * where the schedule has moved meanwhile. Throws LeaseLost. Rules 7, 8, 9, 11.
 */
export async function recordOutcome(ctx: Context, decided: TargetOutcome): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, decided.lease)
    const listing = await lockListing(tx, decided.listingId)
    const target = await lockTarget(tx, decided.targetId)
    if (target.listing_id !== listing.id)
      throw new Error(`target ${target.id} is not of listing ${listing.id}`)
    await recordAttempts(tx, decided.attempts)
    await clearAlarms(
      { ...ctx, db: tx },
      alarmsWhileUndecided.map((kind) => ({ kind, subject: target.id })),
    )
    if (isTerminal(catchTargetMachine, target.state)) return false
    const moved = isMoved(target, decided)
    if (moved && !outlastsMove(decided)) return false
    // A withdrawn name needs no drop to end.
    const drop = moved && decided.outcome !== 'withdrawn' ? await resumeDrop(tx, target) : { listing, target }
    const row = outcomeTable[decided.outcome]
    const backorder = await lockBackorder(tx, target.backorder_id)
    const now = await databaseTime(tx)
    await endTarget(tx, drop.target, decided, row, now)
    await endListing(tx, drop.listing, row, now)
    await recordDrop(tx, decided)
    if (decided.outcome === 'registered') {
      const { registryAccountId, crDate, exDate, charged } = decided
      const expiresAt = await recordRegistration(tx, ctx, {
        backorder,
        targetId: target.id,
        registryAccountId,
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
