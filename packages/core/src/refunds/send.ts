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
import { applyRefund, failRefund } from './apply.ts'

/** After so many attempts without a clear answer finance gets a task. The attempts go on. */
const ATTEMPTS_BEFORE_TASK = 8

/**
 * Sends one approved card refund, or asks again about one that was sent. Returns whether there was one. The refund's id is the
 * idempotency key, so any number of attempts pays once; it fails only when the provider says that nothing was paid. Not in a
 * transaction.
 */
export async function sendRefund(ctx: Context, provider: PaymentProvider): Promise<boolean> {
  const refund = await claimDueRefund(ctx, provider.name)
  if (refund === undefined) return false
  const answer = await ask(provider, refund)
  if (answer.kind === 'declined') await decline(ctx, refund, answer.reason)
  else if (answer.kind !== 'done') await postpone(ctx, refund, answer)
  else {
    await applyRefund(ctx, answer.value)
    // Banks take days, so the pauses grow.
    if (answer.value.state === 'processing') await postpone(ctx, refund, undefined)
  }
  return true
}

/** An earlier attempt may have made the refund, and the provider forgets keys after a day: so from the second attempt on it is looked up first. */
async function ask(provider: PaymentProvider, refund: ClaimedRefund): Promise<Answer<ProviderRefund>> {
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

async function decline(ctx: Context, { id }: ClaimedRefund, reason: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { payment, refund } = await lockRefund(tx, id)
    if (refund.state !== 'processing') return
    await failRefund(tx, ctx, payment, refund, reason, await databaseTime(tx))
  })
}

/** Sets the next attempt. `answer`: why this one decided nothing; finance gets a task when it needs a person, or after many attempts. */
async function postpone(
  ctx: Context,
  { id, attempts }: ClaimedRefund,
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
    if (!needsPerson && attempts < ATTEMPTS_BEFORE_TASK) return
    await openFinanceTask(tx, ctx, { kind: 'refund_stuck', subjectId: id, detail: answer.reason })
  })
}

type ClaimedRefund = {
  readonly id: string
  readonly providerPaymentId: string
  readonly providerRefundId: string | null
  readonly amountMinor: bigint
  readonly currency: string
  /** Including this one. */
  readonly attempts: number
  /** After a dispute no refund is made any more; one that was made is still asked about. */
  readonly paymentState: PaymentState
}

/**
 * Claims a card refund whose next attempt is due; an approved one becomes processing. Refunds of a payment that is disputed or charged
 * back wait (see `no_card_refund_while_disputed`). The next attempt is set first, so another worker goes on if this one dies. Payment
 * and refund are locked together, and skipped where either is locked: it waits for no lock.
 */
async function claimDueRefund(ctx: Context, provider: string): Promise<ClaimedRefund | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<ClaimedRefund>`
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
