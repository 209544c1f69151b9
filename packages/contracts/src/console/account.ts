import { z } from '@hono/zod-openapi'
import { DomainName, Id, Money, Time } from '../common/primitives.ts'
import { balanceCauses } from '../common/words.ts'
import { listOf } from './paging.ts'

export const Account = z
  .object({
    id: Id,
    name: z.string(),
    currency: z.string(),
    created_at: Time,
    balance: Money.openapi({ description: 'Below zero: what the account owes' }),
    credit_limit: Money,
    available: Money.openapi({ description: 'Balance and credit together: what can be spent now' }),
    escrow: Money.openapi({ description: 'Paid for backorders and renewals whose result is not known yet' }),
    open_holds: z.int().openapi({ description: 'Unpaid orders that hold a name now' }),
    open_holds_max_before_paid: z.int(),
    open_holds_max: z.int(),
    has_paid: z
      .boolean()
      .openapi({ description: 'Whether any order was ever paid: then the second limit counts' }),
  })
  .openapi('Account')

export const AccountList = listOf(Account, 'AccountList')

export const Statement = z
  .object({
    from: Time,
    to: Time.openapi({ description: 'Exclusive' }),
    opening: Money,
    activity: z.array(
      z.object({
        cause: z.enum(balanceCauses),
        count: z.int(),
        credit: Money.openapi({ description: 'What came in' }),
        debit: Money.openapi({ description: 'What went out' }),
      }),
    ),
    closing: Money.openapi({ description: 'Opening and all activity' }),
  })
  .openapi('Statement')

export const AccountTransaction = z
  .object({
    id: Id.openapi({ description: "The cause's own: an order, a refund, a receipt" }),
    cause: z.enum(balanceCauses),
    amount: Money.openapi({ description: 'Positive came in, negative went out' }),
    backorder_id: Id.optional(),
    name: DomainName.optional(),
    posted_at: Time,
  })
  .openapi('AccountTransaction')

export const AccountTransactionList = listOf(AccountTransaction, 'AccountTransactionList')
