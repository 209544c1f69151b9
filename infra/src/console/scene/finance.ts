import { setCreditLimit } from '@droplock/core/accounts/set-credit-limit'
import { proposeReversal } from '@droplock/core/bank-transfers/propose-reversal'
import { recordBankTransfer } from '@droplock/core/bank-transfers/record'
import { putBillingProfile } from '@droplock/core/billing/profile'
import type { AccountContext, Context, StaffContext } from '@droplock/core/context'
import { inTransaction } from '@droplock/core/database/transaction'
import { openFinanceTask } from '@droplock/core/finance-tasks'
import { people } from './people.ts'

/** A customer whose money came by bank: one transfer stands, another is to be taken back. */
export const byBank = 'Anchor Names'

/** What finance has done and found this morning. */
export async function setFinance(
  ctx: Context,
  customer: AccountContext,
  disputedPaymentId: string,
): Promise<void> {
  const finance = await personOf(ctx, 'finance')
  const approver = await personOf(ctx, 'approver')
  const { accountId, currency } = customer.actor
  await setCreditLimit(approver, { accountId, limitMinor: 250_000n, reason: 'Customer for three years.' })
  await putBillingProfile(customer, {
    legalName: 'Anchor Names Ltd',
    address: '4 Quay Street\nGalway',
    country: 'IE',
    taxId: 'IE7654321Y',
    email: 'accounts@anchor-names.example',
  })
  const transfer = { accountId, currency, note: 'On the statement of this morning.' }
  await recordBankTransfer(finance, { ...transfer, amountMinor: 120_000n, bankReference: 'RE 2026/4711' })
  const wrong = { ...transfer, amountMinor: 45_000n, bankReference: 'RE 2026/4698' }
  const bankTransferId = await recordBankTransfer(finance, wrong)
  await proposeReversal(finance, { bankTransferId, reason: 'It was meant for another customer.' })
  const unexpected = {
    kind: 'payment_unexpected',
    subjectId: disputedPaymentId,
    detail: 'a refund of USD 4.00 that we did not ask for',
  } as const
  await inTransaction(ctx.db, (tx) => openFinanceTask(tx, ctx, unexpected))
}

async function personOf(ctx: Context, key: 'finance' | 'approver'): Promise<StaffContext> {
  const { email, name, roles } = people[key]
  const { id: staffId } = await ctx.db
    .selectFrom('staff_account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return { ...ctx, actor: { kind: 'staff', staffId, sessionId: ctx.newId(), email, name, roles } }
}
