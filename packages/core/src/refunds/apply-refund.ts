import { next, peek } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import type { ProviderRefund } from '@droplock/rules/ports/payments'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { openFinanceTask } from '../finance-tasks.ts'
import { lockRefund } from '../locks.ts'
import { completeRefund } from './complete.ts'
import { failRefund } from './fail.ts'

/** `unknown`: no refund of ours. `unexpected`: a person was told. */
type RefundApplied = 'unknown' | 'unexpected' | 'known' | 'applied'

/**
 * Applies the provider's state of a refund as it was fetched, any number of times and in any order: it has reached the card,
 * failed, or came back after it had. Throws Refusal('try_again').
 */
export async function applyRefund(ctx: Context, told: ProviderRefund): Promise<RefundApplied> {
  const seen = await findRefund(ctx, told)
  if (seen === undefined) return 'unknown'
  return inTransaction(ctx.db, async (tx) => {
    const { payment, refund } = await lockRefund(tx, seen)
    const isSame = told.amount.amountMinor === refund.amount_minor && told.amount.currency === refund.currency
    // A failure that we were told of and the provider took back: the money may go twice, if it was retried.
    const isReturned = refund.state === 'failed' && told.state === 'succeeded'
    if (!isSame || isReturned) {
      const detail = `the provider says ${told.state}, ${told.amount.amountMinor} ${told.amount.currency}`
      await openFinanceTask(tx, ctx, { kind: 'refund_stuck', subjectId: refund.id, detail })
      return 'unexpected'
    }
    if (refund.provider_refund_id === null) {
      await tx
        .updateTable('refund')
        .set({ provider_refund_id: told.providerRefundId })
        .where('id', '=', refund.id)
        .execute()
    }
    const event = told.state === 'failed' ? 'fail' : 'succeed'
    if (told.state === 'processing' || peek(refundMachine, refund.state, event) === undefined) return 'known'
    const now = await databaseTime(tx)
    const state = next(refundMachine, refund.state, event)
    if (state === 'succeeded') await completeRefund(tx, ctx, payment, refund, now)
    else await failRefund(tx, ctx, payment, refund, 'the provider says it failed', now)
    return 'applied'
  })
}

async function findRefund(ctx: Context, told: ProviderRefund): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('refund')
    .select('id')
    .where('provider_refund_id', '=', told.providerRefundId)
    .executeTakeFirst()
  if (row !== undefined) return row.id
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(told.refundId)) return undefined
  const ours = await ctx.db
    .selectFrom('refund')
    .select('id')
    .where('id', '=', told.refundId)
    .executeTakeFirst()
  return ours?.id
}
