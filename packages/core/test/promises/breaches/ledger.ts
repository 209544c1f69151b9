import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import { insertPostings } from '../rows.ts'

export const ledgerBreaches: readonly Breach[] = [
  {
    table: 'posting',
    keeper: 'posting_set_sums_to_zero',
    promise: 'money is neither created nor lost',
    deed: (scene) => insertPostings(scene, [{ ledger_account: 'revenue', amount_minor: 1n }]),
  },
  {
    table: 'posting',
    keeper: 'posting_set_sums_to_zero',
    refusesAs: 'posting_set_has_one_currency',
    promise: 'a posting set has one currency',
    deed: (scene) =>
      insertPostings(scene, [
        { ledger_account: 'revenue', amount_minor: 1n },
        { ledger_account: 'provider_clearing', amount_minor: -1n, currency: 'EUR' },
      ]),
  },
  {
    table: 'posting',
    keeper: 'posting_pkey',
    promise: 'what is posted for a cause is posted once',
    deed: async (scene) => {
      const again = { cause_id: scene.ctx.newId() }
      const lines = [
        { ledger_account: 'revenue', amount_minor: 1n, ...again },
        { ledger_account: 'provider_clearing', amount_minor: -1n, ...again },
      ] as const
      await insertPostings(scene, lines)
      await insertPostings(scene, lines)
    },
  },
  {
    table: 'posting',
    keeper: 'posting_is_append_only',
    promise: 'a posting is never changed',
    deed: ({ tx }) => sql`update posting set posted_at = clock_timestamp()`.execute(tx),
  },
  {
    table: 'posting',
    keeper: 'posting_is_append_only',
    promise: 'a posting is never deleted',
    deed: ({ tx }) => sql`delete from posting`.execute(tx),
  },
  {
    table: 'posting',
    keeper: 'posting_is_never_truncated',
    promise: 'the ledger is never emptied',
    deed: ({ tx }) => sql`truncate posting`.execute(tx),
  },
  {
    table: 'posting',
    keeper: 'posting_not_zero',
    promise: 'a posting moves something',
    deed: (scene) => insertPostings(scene, [{ ledger_account: 'revenue', amount_minor: 0n }]),
  },
  {
    table: 'posting',
    keeper: 'posting_cause_known',
    promise: 'a posting has a known cause',
    deed: ({ tx, ctx }) =>
      sql`insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        select 'whim', ${ctx.newId()}::uuid, line, 'revenue', 3 - 2 * line, 'USD' from (values (1), (2)) as lines (line)`.execute(
        tx,
      ),
  },
  {
    table: 'posting',
    keeper: 'ledger_account_known',
    promise: 'money is in a known ledger account',
    deed: ({ tx, ctx }) =>
      sql`insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency)
        select 'top_up', ${ctx.newId()}::uuid, line, 'mattress', 3 - 2 * line, 'USD' from (values (1), (2)) as lines (line)`.execute(
        tx,
      ),
  },
  {
    table: 'posting',
    keeper: 'balance_posting_names_account',
    backstops: [['posting', 'balance_follows_postings']],
    promise: 'money on a balance belongs to an account',
    deed: (scene) =>
      insertPostings(scene, [
        { ledger_account: 'customer_balance', amount_minor: 1n },
        { ledger_account: 'provider_clearing', amount_minor: -1n },
      ]),
  },
  {
    table: 'posting',
    keeper: 'balance_follows_postings',
    refusesAs: 'balance_has_one_currency',
    promise: 'a balance takes only money of its currency',
    deed: (scene) => {
      const account_id = scene.buyer.actor.accountId
      return insertPostings(scene, [
        { ledger_account: 'customer_balance', amount_minor: 1n, currency: 'EUR', account_id },
        { ledger_account: 'provider_clearing', amount_minor: -1n, currency: 'EUR' },
      ])
    },
  },
  {
    table: 'posting',
    keeper: 'balance_within_credit',
    promise: 'nothing is spent below the credit limit',
    deed: (scene) =>
      insertPostings(scene, [
        {
          cause: 'settle',
          ledger_account: 'customer_balance',
          amount_minor: -1_000_000n,
          account_id: scene.buyer.actor.accountId,
        },
        { cause: 'settle', ledger_account: 'provider_clearing', amount_minor: 1_000_000n },
      ]),
  },
  {
    table: 'account',
    keeper: 'credit_limit_not_negative',
    promise: 'a credit limit is not negative',
    deed: ({ tx }) => sql`update account set credit_limit_minor = -1`.execute(tx),
  },
  {
    table: 'account',
    keeper: 'balance_moves_only_by_posting',
    promise: 'a stored balance moves only by a posting',
    deed: ({ tx }) => sql`update account set balance_minor = balance_minor + 1`.execute(tx),
  },
  {
    table: 'account',
    keeper: 'balance_starts_empty',
    refusesAs: 'balance_moves_only_by_posting',
    promise: 'an account is opened empty',
    deed: ({ tx, ctx }) =>
      tx
        .insertInto('account')
        .values({ id: ctx.newId(), name: 'A', currency: 'USD', balance_minor: 1n })
        .execute(),
  },
  {
    table: 'posting',
    keeper: 'escrow_posting_names_order',
    backstops: [['posting', 'escrow_holds_the_undecided']],
    promise: 'money in escrow is of a backorder',
    deed: (scene) =>
      insertPostings(scene, [
        { ledger_account: 'escrow', amount_minor: 1n },
        { ledger_account: 'provider_clearing', amount_minor: -1n },
      ]),
  },
  {
    table: 'posting',
    keeper: 'escrow_holds_the_undecided',
    promise: 'the money of an undecided backorder does not leave escrow',
    deed: (scene) => {
      const { backorderId } = scene.held
      return insertPostings(scene, [
        { ledger_account: 'escrow', amount_minor: -1_900n, backorder_id: backorderId },
        { ledger_account: 'revenue', amount_minor: 1_900n },
      ])
    },
  },
  {
    table: 'backorder',
    keeper: 'escrow_holds_the_undecided',
    promise: 'a backorder is not decided while its money stays in escrow',
    deed: ({ tx, held }) =>
      tx
        .updateTable('backorder')
        .set({ state: 'failed', failure_reason: 'lost', decided_at: new Date() })
        .where('id', '=', held.backorderId)
        .execute(),
  },
]
