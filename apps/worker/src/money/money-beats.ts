import { lapseHolds } from '@droplock/core/backorders/expire'
import type { Context } from '@droplock/core/context'
import { handleProviderEvent } from '@droplock/core/payment-provider/handle-events'
import { pollPayment } from '@droplock/core/payment-provider/poll'
import { runProviderTask } from '@droplock/core/payment-provider/run-tasks'
import { cancelOverduePayments } from '@droplock/core/payments/provider-tasks'
import { expireProposal } from '@droplock/core/proposals/expire'
import { expireRefund } from '@droplock/core/refunds/expire'
import { sendRefund } from '@droplock/core/refunds/send'
import { lapseRenewals } from '@droplock/core/renewals/lapse'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { type Beat, drain } from '../beats/beats.ts'

/** How often each is looked for. Milliseconds. */
export type MoneyIntervals = {
  readonly holdsMs: number
  readonly eventsMs: number
  readonly tasksMs: number
  readonly pollMs: number
  readonly refundsMs: number
  readonly expiryMs: number
}

/** A call that hangs keeps its lane until its time is over, and the other goes on with the rest. */
const LANES = 2

/** What time alone does to holds, renewals, payments, refunds and proposals; it asks nobody outside. */
export function holdBeats(ctx: Context, every: MoneyIntervals): readonly Beat[] {
  return [
    beat('hold.lapse', every.holdsMs, () => lapseHolds(ctx)),
    beat('renewal.lapse', every.holdsMs, () => lapseRenewals(ctx)),
    beat('payment.cancel_overdue', every.holdsMs, () => cancelOverduePayments(ctx)),
    beat('refund.expire', every.expiryMs, () => expireRefund(ctx)),
    beat('proposal.expire', every.expiryMs, () => expireProposal(ctx)),
  ]
}

/**
 * All that is asked of the payment provider. Its events are what hurries; polling finds what they did not tell. Every worker
 * does it: rows that another has taken are skipped, and the next try of each is set before this one.
 */
export function providerBeats(
  ctx: Context,
  provider: PaymentProvider,
  every: MoneyIntervals,
): readonly Beat[] {
  return [
    ...lanes(beat('provider.event', every.eventsMs, () => handleProviderEvent(ctx, provider))),
    ...lanes(beat('provider.task', every.tasksMs, () => runProviderTask(ctx, provider))),
    ...lanes(beat('payment.poll', every.pollMs, () => pollPayment(ctx, provider))),
    ...lanes(beat('refund.send', every.refundsMs, () => sendRefund(ctx, provider))),
  ]
}

function beat(name: string, everyMs: number, doOne: () => Promise<boolean | number>): Beat {
  return {
    name,
    everyMs,
    run: async (signal) => {
      const done = await drain(doOne, signal)
      return done === 0 ? undefined : { done }
    },
  }
}

function lanes(of: Beat): readonly Beat[] {
  return Array.from({ length: LANES }, () => of)
}
