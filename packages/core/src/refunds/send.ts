import type { PaymentState } from '@droplock/rules/machines/payment'
import { money } from '@droplock/rules/money'
import { tryAgainMs } from '@droplock/rules/payments'
import type { Answer, PaymentProvider, ProviderRefund } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { openFinanceTask } from '../finance-tasks.ts'
import { lockRefund } from '../locks.ts'
import { applyRefund } from './apply-refund.ts'
import { failRefund } from './fail.ts'

/** So often without an answer that tells, and a person is asked to look; the trying goes on. */
const TRIES_UNTIL_TOLD = 8

/**
 * Sends one approved card refund, or asks again about one that was sent. Whether there was one. The refund's id is the key, so
 * any number of tries pay once; only the provider's word that nothing happened makes it fail. Not in a transaction.
 */
export async function sendRefund(ctx: Context, provider: PaymentProvider): Promise<boolean> {
  const refund = await takeRefund(ctx, provider.name)
  if (refund === undefined) return false
  const answer = await ask(provider, refund)
  if (answer.kind === 'declined') await decline(ctx, refund, answer.reason)
  else if (answer.kind !== 'done') await postpone(ctx, refund, answer)
  else {
    await applyRefund(ctx, answer.value)
    // Banks take days; until then it is asked after less and less often.
    if (answer.value.state === 'processing') await postpone(ctx, refund, undefined)
  }
  return true
}

/** From the second try on it may have been made before: looked for first, because the provider forgets keys after a day. */
async function ask(provider: PaymentProvider, refund: TakenRefund): Promise<Answer<ProviderRefund>> {
  if (refund.providerRefundId !== null) return provider.getRefund(refund.providerRefundId)
  const order = { refundId: refund.id, providerPaymentId: refund.providerPaymentId }
  if (refund.attempts > 1) {
    const found = await provider.findRefund(order)
    if (found.kind !== 'done') return found
    if (found.value !== undefined) return { kind: 'done', value: found.value }
    if (refund.paymentState === 'charged_back') return { kind: 'declined', reason: 'disputed' }
    if (refund.paymentState !== 'succeeded') return { kind: 'ambiguous', reason: 'in_progress' }
  }
  return provider.refund({ ...order, amount: money(refund.amountMinor, refund.currency) })
}

async function decline(ctx: Context, { id }: TakenRefund, reason: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { payment, refund } = await lockRefund(tx, id)
    if (refund.state !== 'processing') return
    await failRefund(tx, ctx, payment, refund, reason, await databaseTime(tx))
  })
}

/** Sets the next try. `answer`: why this one told nothing; a person is told when that needs one, or goes on for long. */
async function postpone(
  ctx: Context,
  { id, attempts }: TakenRefund,
  answer: Extract<Answer<unknown>, { kind: 'ambiguous' | 'rejected' }> | undefined,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { refund } = await lockRefund(tx, id)
    if (refund.state !== 'processing') return
    const tryAfter = new Date((await databaseTime(tx)).getTime() + tryAgainMs(attempts))
    await tx
      .updateTable('refund')
      .set({ failure: answer?.reason ?? null, try_after: tryAfter })
      .where('id', '=', id)
      .execute()
    if (answer === undefined) return
    const needsPerson = answer.kind === 'rejected' && !answer.retryable
    if (!needsPerson && attempts < TRIES_UNTIL_TOLD) return
    await openFinanceTask(tx, ctx, { kind: 'refund_stuck', subjectId: id, detail: answer.reason })
  })
}

type TakenRefund = {
  readonly id: string
  readonly providerPaymentId: string
  readonly providerRefundId: string | null
  readonly amountMinor: bigint
  readonly currency: string
  /** This one counted. */
  readonly attempts: number
  /** A dispute came while it was under way: what was made is asked for, and nothing is made any more. */
  readonly paymentState: PaymentState
}

/**
 * Takes a card refund that is due for its next try: approved ones become processing. Refunds of a payment that is disputed or
 * charged back wait (see `no_card_refund_while_disputed`). The next try is set before this one, so a worker that dies is
 * followed by another. Payment and refund are locked together and skipped where somebody holds either: no lock is waited for.
 */
async function takeRefund(ctx: Context, provider: string): Promise<TakenRefund | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<TakenRefund>`
      with due as (
        select refund.id, payment.provider_id, payment.state from refund join payment on payment.id = refund.payment_id
        where refund.state in ('approved', 'processing') and refund.try_after <= statement_timestamp()
          and refund.destination = 'original_payment' and payment.method = 'card' and payment.provider = ${provider}
          and (payment.state = 'succeeded' or refund.state = 'processing')
        order by refund.try_after limit 1 for update of payment, refund skip locked
      )
      update refund set state = 'processing', attempts = attempts + 1,
        try_after = clock_timestamp() + ${tryAgainMs(1)} * interval '1 millisecond'
      from due where refund.id = due.id
      returning refund.id, due.provider_id as "providerPaymentId", provider_refund_id as "providerRefundId",
        amount_minor as "amountMinor", currency, attempts, due.state as "paymentState"`.execute(tx)
    return rows[0]
  })
}
