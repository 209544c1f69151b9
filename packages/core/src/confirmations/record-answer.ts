import {
  type ConfirmationMeans,
  type ConfirmationVerdict,
  confirmAgainAt,
} from '@droplock/rules/confirmations'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'
import { type LockedListing, lockConfirmation, lockListing } from '../locks.ts'
import { finishRequest } from '../registry-requests/record.ts'
import { withdrawListing } from '../withdrawals/withdraw.ts'
import { availableMeans, joinedFacts, type MeansFacts, meansColumns, putQuestions } from './put-questions.ts'

/** One question about a suspect and its answer: the evidence, and what it shows. */
export type ConfirmationAnswer = {
  readonly listingId: string
  readonly suspicion: number
  readonly verdict: ConfirmationVerdict
  /** What it shows, or why it decides nothing. */
  readonly finding: string
  readonly askedAt: Date
  /** Null where no answer came. */
  readonly answeredAt: Date | null
  /** The EPP result code or the HTTP status. */
  readonly code: number | null
  readonly statuses?: readonly string[]
  readonly rgpStatuses?: readonly string[]
  readonly crDate?: Date | undefined
  readonly exDate?: Date | undefined
  readonly registrar?: string | undefined
} & (
  | {
      readonly means: 'info'
      readonly requestId: string
      readonly registryAccountId: string
      readonly clTRID: string
      readonly svTRID: string | null
      /** Of the catcher, which must still hold it. */
      readonly lease: Lease
    }
  | { readonly means: 'rdap'; readonly url: string }
)

/** `cleared`: still to be deleted. `superseded`: the suspicion was over; the answer is kept and decides nothing. */
type Recorded = 'cleared' | 'withdrawn' | 'undecided' | 'superseded'

/**
 * Records what a registry answered about a suspect, and what follows, in one transaction. Still pending delete: it is no suspect any
 * more and can be ordered again. Withdrawn: the listing ends and its holder is refunded. Anything else decides nothing, and the next
 * means is used, with growing pauses. A suspicion is decided once (`one_decision_per_suspicion`). Throws LeaseLost. Rules 15, 21.
 */
export async function recordAnswer(ctx: Context, answer: ConfirmationAnswer): Promise<Recorded> {
  return inTransaction(ctx.db, async (tx) => {
    if (answer.means === 'info') await requireLease(tx, answer.lease)
    const listing = await lockListing(tx, answer.listingId)
    const confirmation = await lockConfirmation(tx, answer.listingId)
    const now = await databaseTime(tx)
    const isOpen = confirmation.closed_at === null && confirmation.suspicion === answer.suspicion
    const decides = isOpen && (answer.verdict === 'pending_delete' || answer.verdict === 'withdrawn')
    const id = ctx.newId()
    await insertAnswer(tx, id, answer, decides)
    if (answer.means === 'info') await finishInfo(tx, answer, now)
    if (!isOpen) return 'superseded'
    if (!decides) {
      await askAgain(tx, ctx, listing, confirmation, now)
      return 'undecided'
    }
    await closeConfirmation(tx, listing.id, answer.verdict === 'withdrawn' ? 'withdrawn' : 'pending_delete')
    if (answer.verdict === 'pending_delete') {
      await tx.updateTable('listing').set({ suspect: false }).where('id', '=', listing.id).execute()
      return 'cleared'
    }
    await withdrawListing(tx, ctx, listing, { answerId: id, basis: answer.means, code: answer.code }, now)
    return 'withdrawn'
  })
}

async function insertAnswer(
  tx: Transaction<Database>,
  id: string,
  answer: ConfirmationAnswer,
  decides: boolean,
): Promise<void> {
  const whom =
    answer.means === 'info'
      ? {
          registry_account_id: answer.registryAccountId,
          cltrid: answer.clTRID,
          svtrid: answer.svTRID,
        }
      : { url: answer.url }
  await tx
    .insertInto('confirmation_answer')
    .values({
      id,
      listing_id: answer.listingId,
      suspicion: answer.suspicion,
      means: answer.means,
      asked_at: answer.askedAt,
      answered_at: answer.answeredAt,
      code: answer.code,
      verdict: answer.verdict,
      finding: answer.finding,
      statuses: [...(answer.statuses ?? [])],
      rgp_statuses: [...(answer.rgpStatuses ?? [])],
      cr_date: answer.crDate ?? null,
      ex_date: answer.exDate ?? null,
      registrar: answer.registrar ?? null,
      decides,
      ...whom,
    })
    .execute()
}

async function finishInfo(
  tx: Transaction<Database>,
  { requestId, code, svTRID }: Extract<ConfirmationAnswer, { means: 'info' }>,
  now: Date,
): Promise<void> {
  await finishRequest(tx, { requestId, code, svTRID }, now)
}

async function closeConfirmation(
  tx: Transaction<Database>,
  listingId: string,
  result: 'pending_delete' | 'withdrawn',
): Promise<void> {
  await sql`update confirmation set closed_at = clock_timestamp(), result = ${result} where listing_id = ${listingId}`.execute(
    tx,
  )
}

type LockedConfirmation = { readonly attempts: number; readonly means: ConfirmationMeans | null }

/** A listing whose drop has begun is no suspect's any more: its confirmation is closed by `suspect_is_being_confirmed`. */
async function askAgain(
  tx: Transaction<Database>,
  ctx: Context,
  listing: LockedListing,
  confirmation: LockedConfirmation,
  now: Date,
): Promise<void> {
  const attempts = confirmation.attempts + 1
  await tx.updateTable('confirmation').set({ attempts }).where('listing_id', '=', listing.id).execute()
  const { rows } = await sql<MeansFacts>`
    select ${meansColumns} from confirmation ${joinedFacts} where confirmation.listing_id = ${listing.id}`.execute(
    tx,
  )
  const questions = rows.map((facts) => ({
    ...facts,
    at: confirmAgainAt(attempts, availableMeans(facts).size, listing.drop_from, now),
  }))
  await putQuestions(tx, ctx, questions)
}
