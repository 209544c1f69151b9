import type { RefundDestination } from '@droplock/rules/machines/refund'
import { decideManualDestination } from '@droplock/rules/refunds/decide-destination'
import { refundableMinor } from '@droplock/rules/refunds/decide-manual'
import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Alone, readAlone } from '../refunds/read-alone.ts'
import { type PaymentRow, selectPayments, toPaymentRow, withColumns } from './case-view.ts'
import { type DisputeView, type PostingView, type ProviderEventView, readHistory } from './read-history.ts'

export type PaymentCase = PaymentRow & {
  /** What a person may still refund; 0 while its order is undecided, and of what secures nothing: that goes back by itself. */
  readonly refundableMinor: bigint
  /** Where rule 9 sends a refund of that, made now. */
  readonly ruledDestination: RefundDestination
  readonly alone: Alone
  readonly disputes: readonly DisputeView[]
  readonly providerEvents: readonly ProviderEventView[]
  readonly postings: readonly PostingView[]
}

/** One payment with all that happened to its money. Throws Refusal: forbidden, payment_not_found. */
export async function getPaymentCase(ctx: StaffContext, id: string): Promise<PaymentCase> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectPayments(ctx))
    .select(['backorder.state as backorder_state', 'renewal.state as renewal_state', 'account.balance_minor'])
    .where('payment.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id })
  const payment = toPaymentRow(row)
  const amountMinor = refundableMinor({
    ...payment,
    paymentState: payment.state,
    backorderState: row.backorder_state ?? undefined,
    renewalState: row.renewal_state ?? undefined,
  })
  return {
    ...payment,
    refundableMinor: amountMinor,
    ruledDestination: decideManualDestination({
      purpose: payment.purpose,
      amountMinor,
      balanceMinor: row.balance_minor,
      method: payment.method,
      chargedBack: payment.state === 'charged_back',
    }),
    alone: await readAlone(ctx.db, payment),
    ...(await readHistory(ctx.db, payment)),
  }
}
