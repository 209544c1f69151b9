import { next } from '@droplock/rules/machines/machine'
import { renewalMachine } from '@droplock/rules/machines/renewal'
import { decideRenewalReceipt } from '@droplock/rules/renewals'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import type { LockedPayment, LockedRenewal } from '../locks.ts'
import { cancelPayments } from '../payments/provider-tasks.ts'
import { refundAutomatically } from '../refunds/refund-automatically.ts'
import { fileRenewRequest } from '../registry-requests/file.ts'
import { expireRenewals } from '../renewals/lapse.ts'

type RenewalReceipt = {
  readonly renewal: LockedRenewal
  readonly payment: LockedPayment
  readonly now: Date
}

/** Applies captured money, posted as unapplied before, to a renewal: it secures the renewal or is refunded. */
export async function applyRenewalReceipt(
  tx: Transaction<Database>,
  ctx: Context,
  { renewal, payment, now }: RenewalReceipt,
): Promise<void> {
  const securing = await tx
    .selectFrom('payment')
    .select('id')
    .where('renewal_id', '=', renewal.id)
    .where('secures', '=', true)
    .executeTakeFirst()
  const decision = decideRenewalReceipt({
    capturedMinor: payment.captured_minor,
    agreedMinor: payment.amount_minor,
    state: renewal.state,
    securedByAnother: securing !== undefined,
  })
  if (decision.kind === 'secure') return secure(tx, ctx, { renewal, payment, now })
  // Money that came too late ends the renewal, which has nothing left to wait for.
  if (decision.cause === 'late_payment') await expireRenewals(tx, ctx, [renewal.id])
  await refundAutomatically(tx, ctx, { payment, cause: decision.cause, source: 'unapplied_receipts', now })
}

async function secure(tx: Transaction<Database>, ctx: Context, { renewal, payment, now }: RenewalReceipt) {
  await tx
    .updateTable('renewal')
    .set({ state: next(renewalMachine, renewal.state, 'secure'), paid_at: now })
    .where('id', '=', renewal.id)
    .execute()
  await tx.updateTable('payment').set({ secures: true }).where('id', '=', payment.id).execute()
  await post(tx, {
    cause: 'secure',
    causeId: renewal.id,
    from: 'unapplied_receipts',
    to: 'escrow',
    amountMinor: payment.captured_minor,
    currency: payment.currency,
    accountId: payment.account_id,
    renewalId: renewal.id,
    paymentId: payment.id,
  })
  const { id, registration_id: registrationId } = renewal
  await fileRenewRequest(tx, ctx, { id, registrationId }, now)
  await cancelPayments(tx, ctx, [renewal.id])
  await publish(tx, ctx, 'renewal.paid', renewal.id)
}
