import { noticeLowBalances } from '@droplock/core/accounts/low-balance'
import { lapseHolds } from '@droplock/core/backorders/expire'
import { claimBulkOrder, processBulkOrder } from '@droplock/core/bulk-orders/process'
import type { Context } from '@droplock/core/context'
import { sendEvidence } from '@droplock/core/disputes/send-evidence'
import { notifyLapsingHolds } from '@droplock/core/notices'
import { handleProviderEvent } from '@droplock/core/payment-provider/handle-events'
import { pollPayment } from '@droplock/core/payment-provider/poll'
import { runProviderTask } from '@droplock/core/payment-provider/run-tasks'
import { cancelOverduePayments } from '@droplock/core/payments/provider-tasks'
import { expireProposal } from '@droplock/core/proposals/expire'
import { expireRefund } from '@droplock/core/refunds/expire'
import { sendRefund } from '@droplock/core/refunds/send'
import { lapseRenewals } from '@droplock/core/renewals/lapse'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { drain, type Job } from '../jobs/jobs.ts'

/** The shortest time between two runs of each. Milliseconds. */
export type MoneyIntervals = {
  readonly holdsMs: number
  readonly eventsMs: number
  readonly tasksMs: number
  readonly pollMs: number
  readonly refundsMs: number
  readonly expiryMs: number
}

/** A call that hangs blocks its lane until its time-out; the other lane goes on. */
const LANES = 2

/** Goes on with bulk orders, notices low balances, and ends holds, renewals, payments, refunds and proposals whose time is over. Needs no provider. */
export function holdJobs(ctx: Context, every: MoneyIntervals): readonly Job[] {
  return [
    job('hold.lapse', every.holdsMs, () => lapseHolds(ctx)),
    job('hold.lapsing', every.holdsMs, () => notifyLapsingHolds(ctx)),
    job('renewal.lapse', every.holdsMs, () => lapseRenewals(ctx)),
    job('payment.cancel_overdue', every.holdsMs, () => cancelOverduePayments(ctx)),
    job('bulk.order', every.holdsMs, (signal) => goOnWithBulkOrder(ctx, signal)),
    job('balance.low', every.holdsMs, () => noticeLowBalances(ctx)),
    job('refund.expire', every.expiryMs, () => expireRefund(ctx)),
    job('proposal.expire', every.expiryMs, () => expireProposal(ctx)),
  ]
}

/**
 * Everything that calls the payment provider. Its events are urgent; polling finds what they did not report. Every worker runs
 * these: rows that another worker has locked are skipped, and the next attempt of each is scheduled before this one.
 */
export function providerJobs(ctx: Context, provider: PaymentProvider, every: MoneyIntervals): readonly Job[] {
  return [
    ...lanes(job('provider.event', every.eventsMs, () => handleProviderEvent(ctx, provider))),
    ...lanes(job('provider.task', every.tasksMs, () => runProviderTask(ctx, provider))),
    ...lanes(job('payment.poll', every.pollMs, () => pollPayment(ctx, provider))),
    job('dispute.send', every.tasksMs, () => sendEvidence(ctx, provider)),
    ...lanes(job('refund.send', every.refundsMs, () => sendRefund(ctx, provider))),
  ]
}

/** Then it is the turn of the bulk order that has waited for longer: one with a thousand items does not keep the others waiting. */
const BULK_ITEMS_PER_TURN_MAX = 50

/** Goes on with a bulk order that its gateway had no time for, or died in. */
async function goOnWithBulkOrder(ctx: Context, signal: AbortSignal): Promise<boolean> {
  const claimedBy = ctx.newId()
  const id = await claimBulkOrder(ctx, claimedBy)
  if (id === undefined) return false
  let items = 0
  const mayGoOn = () => !signal.aborted && (items += 1) <= BULK_ITEMS_PER_TURN_MAX
  await processBulkOrder(ctx, { id, claimedBy }, mayGoOn)
  return true
}

function job(name: string, everyMs: number, doOne: (signal: AbortSignal) => Promise<boolean | number>): Job {
  return {
    name,
    everyMs,
    run: async (signal) => {
      const done = await drain(() => doOne(signal), signal)
      return done === 0 ? undefined : { done }
    },
  }
}

function lanes(of: Job): readonly Job[] {
  return Array.from({ length: LANES }, () => of)
}
