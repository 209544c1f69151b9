import type { Deed } from './deed.ts'
import { lines } from './rows.ts'

export const ledgerDeeds: readonly Deed[] = [
  {
    keeper: 'posting_set_sums_to_zero',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        values ('settle', gen_random_uuid(), 1, 'revenue', 1, 'USD')`,
    ],
  },
  {
    keeper: 'posting_pkey',
    table: 'posting',
    statements: [`insert into posting select * from posting where cause = 'top_up' and payment_id is null`],
  },
  {
    keeper: 'posting_is_append_only',
    table: 'posting',
    statements: [
      `update posting set amount_minor = amount_minor - 1 where ledger_account = 'provider_clearing'`,
    ],
  },
  {
    keeper: 'balance_follows_postings',
    table: 'posting',
    // Lawful: what is broken without the keeper is the stored balance.
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency)
        select 'top_up', gen.id, line, ledger_account, account.id, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, (select id from account order by id limit 1) as account,
          ${lines('provider_clearing', 'customer_balance')}`,
    ],
  },
  {
    keeper: 'balance_moves_only_by_posting',
    table: 'account',
    statements: ['update account set balance_minor = balance_minor + 1'],
  },
  {
    keeper: 'balance_within_credit',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency)
        select 'settle', gen.id, line, ledger_account, account.id, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, (select id from account order by id limit 1) as account,
          ${lines('customer_balance', 'revenue', 1_000_000)}`,
    ],
  },
  {
    keeper: 'escrow_holds_the_undecided',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, backorder_id, amount_minor, currency)
        select 'settle', id, line, ledger_account, id, amount, 'USD'
        from (select id from backorder where state = 'backordered' limit 1) as held, ${lines('escrow', 'revenue')}`,
    ],
  },
  {
    keeper: 'escrow_holds_the_undecided',
    table: 'backorder',
    statements: [
      `update backorder set state = 'failed', failure_reason = 'lost', decided_at = now()
        where id = (select id from backorder where state = 'backordered' limit 1)`,
    ],
  },
  {
    keeper: 'money_to_return_names_payment',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        select 'refund', gen.id, line, ledger_account, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, ${lines('revenue', 'unapplied_receipts')}`,
    ],
  },
  {
    keeper: 'posting_is_never_truncated',
    table: 'posting',
    statements: ['truncate posting'],
  },
  {
    keeper: 'balance_starts_empty',
    table: 'account',
    statements: [
      `insert into account (id, name, currency, balance_minor) values (gen_random_uuid(), 'A', 'USD', 1)`,
    ],
  },
]
