import { type OutcomeBasis, type OutcomeRow, outcomeTable } from '@droplock/rules/drop/outcome'
import { catchTargetMachine, type Outcome } from '@droplock/rules/machines/catch-target'
import { listingMachine } from '@droplock/rules/machines/listing'
import { isTerminal, next } from '@droplock/rules/machines/machine'
import type { Money } from '@droplock/rules/money'
import type { Transaction } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import { failBackorder, succeedBackorder } from '../backorders/settle.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'
import { type LockedListing, lockBackorder, lockListing, lockTarget } from '../locks.ts'
import { recordRegistration } from '../registrations.ts'
import { type Attempt, recordAttempts } from './record.ts'

export type TargetOutcome = {
  readonly targetId: string
  readonly listingId: string
  /** The proposal that decided it, where people did. */
  readonly proposalId?: string | undefined
  /** The EPP result code that decided it, when one did. */
  readonly code: number | null
  /** What showed it; left out where nothing of the registry did. */
  readonly basis?: OutcomeBasis
  /** Our transaction id of the command whose answer decided it, when one did. */
  readonly decidingClTRID?: string | undefined
  /** Who holds the name now, when the registry told. */
  readonly holderClid: string | null
  /** Evidence not yet recorded; it is kept even when the target turns out to be decided already. */
  readonly attempts: readonly Attempt[]
  /** Of the catcher that decided it, which must hold it still; none where people did. */
  readonly lease?: Lease
} & (
  | {
      readonly outcome: 'registered'
      /** The registry account that holds it. */
      readonly registryAccountId: string
      readonly crDate: Date
      readonly exDate?: Date | undefined
      /** What the registry took for it, where its answer said so (RFC 8748). */
      readonly charged?: Money | undefined
    }
  | {
      readonly outcome: Exclude<Outcome, 'registered'>
      /** The registry account whose answers decided it; null where people did. */
      readonly registryAccountId: string | null
    }
)

/** What is raised of a target while it has no outcome, or one that is not written. */
const alarmsWhileUndecided = ['settlement_stuck', 'target_undecided'] as const

/**
 * Settles one decided target in one transaction: target, listing, backorder, money and events, by the outcome table and
 * nothing else. Decided once: a repeat (a second catcher, a journal replay) finds the target terminal and answers false.
 * Throws LeaseLost. Rules 7, 8, 9, 11.
 */
export async function recordOutcome(ctx: Context, settlement: TargetOutcome): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, settlement.lease)
    const listing = await lockListing(tx, settlement.listingId)
    const target = await lockTarget(tx, settlement.targetId)
    if (target.listing_id !== listing.id)
      throw new Error(`target ${target.id} is not of listing ${listing.id}`)
    await recordAttempts(tx, settlement.attempts)
    await clearAlarms(
      { ...ctx, db: tx },
      alarmsWhileUndecided.map((kind) => ({ kind, subject: target.id })),
    )
    if (isTerminal(catchTargetMachine, target.state)) return false
    const backorder = await lockBackorder(tx, target.backorder_id)
    const row = outcomeTable[settlement.outcome]
    const now = await databaseTime(tx)
    await decideTarget(tx, target, settlement, row, now)
    await endListing(tx, listing, row, now)
    if (settlement.outcome === 'registered') {
      const { registryAccountId, crDate, exDate, charged } = settlement
      const expiresAt = await recordRegistration(tx, ctx, {
        backorder,
        targetId: target.id,
        registryAccountId,
        crDate,
        exDate,
        charged,
      })
      await succeedBackorder(tx, ctx, backorder, { crDate, expiresAt }, now)
    } else await failBackorder(tx, ctx, backorder, settlement.outcome, now)
    return true
  })
}

async function decideTarget(
  tx: Transaction<Database>,
  target: Awaited<ReturnType<typeof lockTarget>>,
  settlement: TargetOutcome,
  row: OutcomeRow,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('catch_target')
    .set({
      state: next(catchTargetMachine, target.state, row.target),
      decided_at: now,
      decided_code: settlement.code,
      decided_basis: settlement.basis ?? null,
      decided_by: settlement.registryAccountId,
      proposal_id: settlement.proposalId ?? null,
      deciding_cltrid: settlement.decidingClTRID ?? null,
      holder_clid: settlement.holderClid,
      cr_date: settlement.outcome === 'registered' ? settlement.crDate : null,
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
