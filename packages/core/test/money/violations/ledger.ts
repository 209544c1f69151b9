import { lines, staff } from './rows.ts'
import type { Violation } from './violation.ts'

export const ledgerViolations: readonly Violation[] = [
  {
    constraint: 'posting_set_sums_to_zero',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        values ('settle', gen_random_uuid(), 1, 'revenue', 1, 'USD')`,
    ],
  },
  {
    constraint: 'posting_pkey',
    table: 'posting',
    statements: [`insert into posting select * from posting where cause = 'top_up' and payment_id is null`],
  },
  {
    constraint: 'posting_is_append_only',
    table: 'posting',
    statements: [
      `update posting set amount_minor = amount_minor - 1 where ledger_account = 'provider_clearing'`,
    ],
  },
  {
    constraint: 'balance_follows_postings',
    table: 'posting',
    // A valid posting: without the constraint the stored balance differs.
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency)
        select 'top_up', gen.id, line, ledger_account, account.id, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, (select id from account order by id limit 1) as account,
          ${lines('provider_clearing', 'customer_balance')}`,
    ],
  },
  {
    constraint: 'goodwill_is_a_credit',
    table: 'posting',
    // A stored balance follows it: nothing but the missing credit is wrong.
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency)
        select 'goodwill', gen.id, line, ledger_account, account.id, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, (select id from account order by id limit 1) as account,
          ${lines('goodwill', 'provider_clearing')}`,
    ],
  },
  {
    constraint: 'provider_posting_is_a_booking',
    table: 'posting',
    // It sums to zero: nothing but the missing booking is wrong.
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        select 'provider_fee', gen.id, line, ledger_account, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, ${lines('provider_clearing', 'provider_fees')}`,
    ],
  },
  {
    constraint: 'bank_transfer_is_in_the_ledger',
    table: 'posting',
    // Credited once more, under a cause of its own.
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, account_id, bank_transfer_id, amount_minor, currency)
        select 'top_up', gen.id, line, ledger_account, transfer.account_id, transfer.id, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, (select * from bank_transfer order by id limit 1) as transfer,
          ${lines('bank_clearing', 'customer_balance')}`,
    ],
  },
  {
    constraint: 'bank_transfer_is_in_the_ledger',
    table: 'bank_transfer',
    statements: [
      `with given as (insert into alone_grant (id, staff_id, kind, amount_minor, currency)
        select gen_random_uuid(), id, 'bank_transfer', 1, 'USD' from ${staff} as staff returning id, staff_id)
      insert into bank_transfer (id, account_id, state, amount_minor, currency, bank_reference, note, recorded_by, recorded_at,
          grant_id)
        select gen.id, account.id, 'credited', 1, 'USD', upper(gen.id::text), 'a test', given.staff_id, now(), given.id
        from (select gen_random_uuid() as id) as gen, (select id from account order by id limit 1) as account, given`,
    ],
  },
  {
    constraint: 'bank_transfer_credited_once',
    table: 'bank_transfer',
    statements: [
      `with again as (insert into bank_transfer (id, account_id, state, amount_minor, currency, bank_reference, note,
          recorded_by, recorded_at, grant_id)
        select gen_random_uuid(), account_id, 'credited', amount_minor, currency, bank_reference, note, recorded_by, now(), grant_id
        from bank_transfer where state = 'credited' order by id limit 1 returning *)
      insert into posting (cause, cause_id, line, ledger_account, account_id, bank_transfer_id, amount_minor, currency)
        select 'top_up', id, line, ledger_account, account_id, id, side * amount_minor, currency
        from again, (values (1, 'bank_clearing', -1), (2, 'customer_balance', 1)) as lines (line, ledger_account, side)`,
    ],
  },
  {
    constraint: 'bank_transfer_reversal_unique',
    table: 'bank_transfer',
    backstops: [
      ['bank_transfer', 'bank_transfer_is_in_the_ledger'],
      ['bank_transfer', 'reversal_needs_two_people'],
    ],
    statements: [
      `with given as (insert into alone_grant (id, staff_id, kind, amount_minor, currency)
        select gen_random_uuid(), id, 'bank_transfer', 1, 'USD' from ${staff} as staff returning id, staff_id)
      insert into bank_transfer (id, account_id, state, amount_minor, currency, bank_reference, note, recorded_by, recorded_at,
          reversal_reason, reversal_proposed_by, reversal_proposed_at, reversal_decided_by, reversal_decided_at, reversal_id,
          grant_id)
        select gen_random_uuid(), account.id, 'reversed', 1, 'USD', 'RE' || time, 'a test', given.staff_id, now(),
          'a test', given.staff_id, now(), given.staff_id, now(), gen.id, given.id
        from (select gen_random_uuid() as id) as gen, (select id from account order by id limit 1) as account,
          given, generate_series(100, 101) as time`,
    ],
  },
  {
    constraint: 'bank_transfer_terms_are_final',
    table: 'bank_transfer',
    backstops: [['bank_transfer', 'bank_transfer_is_in_the_ledger']],
    statements: ['update bank_transfer set amount_minor = amount_minor + 1'],
  },
  {
    constraint: 'balance_moves_only_by_posting',
    table: 'account',
    statements: ['update account set balance_minor = balance_minor + 1'],
  },
  {
    constraint: 'balance_within_credit',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency)
        select 'settle', gen.id, line, ledger_account, account.id, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, (select id from account order by id limit 1) as account,
          ${lines('customer_balance', 'revenue', 1_000_000)}`,
    ],
  },
  {
    constraint: 'escrow_holds_the_undecided',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, backorder_id, amount_minor, currency)
        select 'settle', id, line, ledger_account, id, amount, 'USD'
        from (select id from backorder where state = 'backordered' limit 1) as held, ${lines('escrow', 'revenue')}`,
    ],
  },
  {
    constraint: 'escrow_holds_the_undecided',
    table: 'backorder',
    statements: [
      `update backorder set state = 'failed', failure_reason = 'lost', decided_at = now()
        where id = (select id from backorder where state = 'backordered' limit 1)`,
    ],
  },
  {
    constraint: 'money_to_return_names_payment',
    table: 'posting',
    statements: [
      `insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        select 'refund', gen.id, line, ledger_account, amount, 'USD'
        from (select gen_random_uuid() as id) as gen, ${lines('revenue', 'unapplied_receipts')}`,
    ],
  },
  {
    constraint: 'posting_is_never_truncated',
    table: 'posting',
    statements: ['truncate posting'],
  },
  {
    constraint: 'balance_starts_empty',
    table: 'account',
    statements: [
      `insert into account (id, name, currency, balance_minor) values (gen_random_uuid(), 'A', 'USD', 1)`,
    ],
  },
]
