import { next } from '@droplock/rules/machines/machine'
import { paymentMachine } from '@droplock/rules/machines/payment'
import type { Dispute, PaymentProvider } from '@droplock/rules/ports/payments'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { openFinanceTask } from '../finance-tasks.ts'
import { post } from '../ledger/post.ts'
import { type LockedPayment, lockAccount, lockPayment } from '../locks.ts'
import { failBlockedRefunds } from '../refunds/apply.ts'

/** `unknown`: no captured payment of ours; ask about the payment first. `unexpected`: finance has a task. */
type DisputeApplied = 'unknown' | 'unexpected' | 'known' | 'applied'

/**
 * Applies the state that the provider reports for a dispute, any number of times and in any order. Open: the bank took the money back,
 * so the account's balance is debited (a debt, if need be), escrow is left alone, and nothing is sent to that card. Won: the debit is
 * reversed. Lost: it stays, and refunds that waited for the card become tasks, because the customer has that money. Locks payment,
 * account, refunds.
 */
export async function applyDispute(
  ctx: Context,
  provider: PaymentProvider['name'],
  reported: Dispute,
): Promise<DisputeApplied> {
  const { state } = reported
  if (state === 'inquiry' || state === 'closed') return 'known'
  const seen = await ctx.db
    .selectFrom('payment')
    .select('id')
    .where('provider', '=', provider)
    .where('provider_id', '=', reported.providerPaymentId)
    .executeTakeFirst()
  if (seen === undefined) return 'unknown'
  return inTransaction(ctx.db, async (tx) => {
    const payment = await lockPayment(tx, seen.id)
    if (payment.captured_minor === 0n) return 'unknown'
    await lockAccount(tx, payment.account_id)
    const known = await findDispute(tx, reported.providerDisputeId)
    if (known !== undefined && known.state !== 'open') return 'known'
    const fault = known === undefined ? faultOf(payment, reported) : undefined
    if (fault !== undefined) {
      await openFinanceTask(tx, ctx, { kind: 'dispute_unexpected', subjectId: payment.id, detail: fault })
      return 'unexpected'
    }
    const open = known ?? (await openDispute(tx, ctx, payment, reported))
    const isNews = known !== undefined && (await updateTerms(tx, known, reported))
    if (state === 'open') return known === undefined || isNews ? 'applied' : 'known'
    await decideDispute(tx, ctx, { ...payment, state: 'disputed' }, open, state)
    return 'applied'
  })
}

async function findDispute(tx: Transaction<Database>, providerDisputeId: string) {
  return tx
    .selectFrom('dispute')
    .selectAll()
    .where('provider_dispute_id', '=', providerDisputeId)
    .executeTakeFirst()
}

type DisputeRow = NonNullable<Awaited<ReturnType<typeof findDispute>>>

function faultOf(payment: LockedPayment, reported: Dispute): string | undefined {
  if (payment.state !== 'succeeded')
    return `dispute ${reported.providerDisputeId} of a payment that is ${payment.state}`
  if (reported.amount.currency !== payment.currency || reported.amount.amountMinor > payment.captured_minor)
    return `dispute ${reported.providerDisputeId} of ${reported.amount.amountMinor} ${reported.amount.currency}`
  return undefined
}

async function openDispute(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  reported: Dispute,
): Promise<DisputeRow> {
  const row = {
    id: ctx.newId(),
    payment_id: payment.id,
    provider_dispute_id: reported.providerDisputeId,
    state: 'open',
    amount_minor: reported.amount.amountMinor,
    currency: reported.amount.currency,
    opened_at: await databaseTime(tx),
    decided_at: null,
    reversal_id: null,
    reason: reported.reason,
    evidence_due_at: reported.evidenceDueBy ?? null,
    answered_at: reported.isAnswered ? await databaseTime(tx) : null,
  } as const
  await tx.insertInto('dispute').values(row).execute()
  await setPaymentState(tx, payment, next(paymentMachine, payment.state, 'dispute'))
  await post(tx, {
    cause: 'dispute',
    causeId: row.id,
    from: 'customer_balance',
    to: 'provider_clearing',
    amountMinor: row.amount_minor,
    currency: row.currency,
    accountId: payment.account_id,
    paymentId: payment.id,
  })
  await publish(tx, ctx, 'payment.disputed', payment.id)
  return row
}

/** What the provider says of an open dispute beside its state. Returns whether it is new. */
async function updateTerms(
  tx: Transaction<Database>,
  known: DisputeRow,
  reported: Dispute,
): Promise<boolean> {
  const dueAt = reported.evidenceDueBy ?? null
  const isSame = known.reason === reported.reason && known.evidence_due_at?.getTime() === dueAt?.getTime()
  if (isSame && (known.answered_at !== null || !reported.isAnswered)) return false
  await tx
    .updateTable('dispute')
    .set({
      reason: reported.reason,
      evidence_due_at: dueAt,
      answered_at: known.answered_at ?? (reported.isAnswered ? await databaseTime(tx) : null),
    })
    .where('id', '=', known.id)
    .execute()
  return true
}

async function decideDispute(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  dispute: DisputeRow,
  state: 'won' | 'lost',
): Promise<void> {
  const event = state === 'won' ? 'win_dispute' : 'lose_dispute'
  const reversalId = ctx.newId()
  await setPaymentState(tx, payment, next(paymentMachine, payment.state, event))
  await tx
    .updateTable('dispute')
    .set({
      state,
      decided_at: await databaseTime(tx),
      reversal_id: state === 'won' ? reversalId : null,
    })
    .where('id', '=', dispute.id)
    .execute()
  if (state === 'lost') {
    await failBlockedRefunds(tx, ctx, payment)
    return publish(tx, ctx, 'payment.charged_back', payment.id)
  }
  await post(tx, {
    cause: 'dispute_won',
    causeId: reversalId,
    from: 'provider_clearing',
    to: 'customer_balance',
    amountMinor: dispute.amount_minor,
    currency: dispute.currency,
    accountId: payment.account_id,
    paymentId: payment.id,
  })
  return publish(tx, ctx, 'payment.dispute_won', payment.id)
}

async function setPaymentState(
  tx: Transaction<Database>,
  payment: LockedPayment,
  state: LockedPayment['state'],
): Promise<void> {
  await tx.updateTable('payment').set({ state }).where('id', '=', payment.id).execute()
}
