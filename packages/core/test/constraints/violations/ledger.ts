import { sql } from 'kysely'
import type { Violation } from '../fixture.ts'
import { insertPostings } from '../rows.ts'

export const ledgerViolations: readonly Violation[] = [
  {
    table: 'posting',
    constraint: 'posting_set_sums_to_zero',
    guarantee: 'money is neither created nor lost',
    violate: (fixture) => insertPostings(fixture, [{ ledger_account: 'revenue', amount_minor: 1n }]),
  },
  {
    table: 'posting',
    constraint: 'posting_set_sums_to_zero',
    refusesAs: 'posting_set_has_one_currency',
    guarantee: 'a posting set has one currency',
    violate: (fixture) =>
      insertPostings(fixture, [
        { ledger_account: 'revenue', amount_minor: 1n },
        { ledger_account: 'provider_clearing', amount_minor: -1n, currency: 'EUR' },
      ]),
  },
  {
    table: 'posting',
    constraint: 'posting_pkey',
    guarantee: 'what is posted for a cause is posted once',
    violate: async (fixture) => {
      const again = { cause_id: fixture.ctx.newId() }
      const lines = [
        { ledger_account: 'revenue', amount_minor: 1n, ...again },
        { ledger_account: 'provider_clearing', amount_minor: -1n, ...again },
      ] as const
      await insertPostings(fixture, lines)
      await insertPostings(fixture, lines)
    },
  },
  {
    table: 'posting',
    constraint: 'posting_is_append_only',
    guarantee: 'a posting is never changed',
    violate: ({ tx }) => sql`update posting set posted_at = clock_timestamp()`.execute(tx),
  },
  {
    table: 'posting',
    constraint: 'posting_is_append_only',
    guarantee: 'a posting is never deleted',
    violate: ({ tx }) => sql`delete from posting`.execute(tx),
  },
  {
    table: 'posting',
    constraint: 'posting_is_never_truncated',
    guarantee: 'the ledger is never emptied',
    violate: ({ tx }) => sql`truncate posting`.execute(tx),
  },
  {
    table: 'posting',
    constraint: 'posting_not_zero',
    guarantee: 'a posting moves something',
    violate: (fixture) => insertPostings(fixture, [{ ledger_account: 'revenue', amount_minor: 0n }]),
  },
  {
    table: 'posting',
    constraint: 'posting_cause_known',
    guarantee: 'a posting has a known cause',
    violate: ({ tx, ctx }) =>
      sql`insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        select 'whim', ${ctx.newId()}::uuid, line, 'revenue', 3 - 2 * line, 'USD' from (values (1), (2)) as lines (line)`.execute(
        tx,
      ),
  },
  {
    table: 'posting',
    constraint: 'ledger_account_known',
    guarantee: 'money is in a known ledger account',
    violate: ({ tx, ctx }) =>
      sql`insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        select 'top_up', ${ctx.newId()}::uuid, line, 'mattress', 3 - 2 * line, 'USD' from (values (1), (2)) as lines (line)`.execute(
        tx,
      ),
  },
  {
    table: 'posting',
    constraint: 'balance_posting_names_account',
    backstops: [['posting', 'balance_follows_postings']],
    guarantee: 'money on a balance belongs to an account',
    violate: (fixture) =>
      insertPostings(fixture, [
        { ledger_account: 'customer_balance', amount_minor: 1n },
        { ledger_account: 'provider_clearing', amount_minor: -1n },
      ]),
  },
  {
    table: 'posting',
    constraint: 'balance_follows_postings',
    refusesAs: 'balance_has_one_currency',
    guarantee: 'a balance takes only money of its currency',
    violate: (fixture) => {
      const account_id = fixture.buyer.actor.accountId
      return insertPostings(fixture, [
        { ledger_account: 'customer_balance', amount_minor: 1n, currency: 'EUR', account_id },
        { ledger_account: 'provider_clearing', amount_minor: -1n, currency: 'EUR' },
      ])
    },
  },
  {
    table: 'posting',
    constraint: 'balance_within_credit',
    guarantee: 'nothing is spent below the credit limit',
    violate: (fixture) =>
      insertPostings(fixture, [
        {
          cause: 'settle',
          ledger_account: 'customer_balance',
          amount_minor: -1_000_000n,
          account_id: fixture.buyer.actor.accountId,
        },
        { cause: 'settle', ledger_account: 'provider_clearing', amount_minor: 1_000_000n },
      ]),
  },
  {
    table: 'account',
    constraint: 'credit_limit_not_negative',
    guarantee: 'a credit limit is not negative',
    violate: ({ tx }) => sql`update account set credit_limit_minor = -1`.execute(tx),
  },
  {
    table: 'account',
    constraint: 'balance_moves_only_by_posting',
    guarantee: 'a stored balance moves only by a posting',
    violate: ({ tx }) => sql`update account set balance_minor = balance_minor + 1`.execute(tx),
  },
  {
    table: 'account',
    constraint: 'balance_starts_empty',
    refusesAs: 'balance_moves_only_by_posting',
    guarantee: 'an account is opened empty',
    violate: ({ tx, ctx }) =>
      tx
        .insertInto('account')
        .values({ id: ctx.newId(), name: 'A', currency: 'USD', balance_minor: 1n })
        .execute(),
  },
  {
    table: 'posting',
    constraint: 'escrow_posting_names_order',
    backstops: [['posting', 'escrow_holds_the_undecided']],
    guarantee: 'money in escrow is of a backorder',
    violate: (fixture) =>
      insertPostings(fixture, [
        { ledger_account: 'escrow', amount_minor: 1n },
        { ledger_account: 'provider_clearing', amount_minor: -1n },
      ]),
  },
  {
    table: 'posting',
    constraint: 'escrow_holds_the_undecided',
    guarantee: 'the money of an undecided backorder does not leave escrow',
    violate: (fixture) => {
      const { backorderId } = fixture.held
      return insertPostings(fixture, [
        { ledger_account: 'escrow', amount_minor: -1_900n, backorder_id: backorderId },
        { ledger_account: 'revenue', amount_minor: 1_900n },
      ])
    },
  },
  {
    table: 'backorder',
    constraint: 'escrow_holds_the_undecided',
    guarantee: 'a backorder is not decided while its money stays in escrow',
    violate: ({ tx, held }) =>
      tx
        .updateTable('backorder')
        .set({ state: 'failed', failure_reason: 'lost', decided_at: new Date() })
        .where('id', '=', held.backorderId)
        .execute(),
  },
]
