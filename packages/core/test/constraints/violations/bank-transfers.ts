import { type Insertable, sql } from 'kysely'
import type { AloneGrantTable, BankTransferTable } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertPostings } from '../rows.ts'

const AT = new Date('2026-11-24T12:00:00Z')

/** An amount that one person granted alone. */
async function insertGrant(fixture: Fixture, changes: Partial<Insertable<AloneGrantTable>> = {}) {
  const id = fixture.ctx.newId()
  const grant = {
    id,
    staff_id: fixture.staffId,
    kind: 'bank_transfer',
    amount_minor: 500n,
    currency: 'USD',
  } as const
  await fixture.tx
    .insertInto('alone_grant')
    .values({ ...grant, ...changes })
    .execute()
  return id
}

/** A credited transfer with its postings. */
async function insertTransfer(fixture: Fixture, changes: Partial<Insertable<BankTransferTable>> = {}) {
  const row = {
    grant_id: await insertGrant(fixture),
    id: fixture.ctx.newId(),
    account_id: fixture.buyer.actor.accountId,
    state: 'credited',
    amount_minor: 500n,
    currency: 'USD',
    bank_reference: 'RE4711',
    note: 'a test',
    recorded_by: fixture.staffId,
    recorded_at: AT,
    ...changes,
  } as const
  await fixture.tx.insertInto('bank_transfer').values(row).execute()
  await insertPostings(fixture, [
    { ...credit(row), ledger_account: 'bank_clearing', amount_minor: -row.amount_minor },
    { ...credit(row), ledger_account: 'customer_balance', amount_minor: row.amount_minor },
  ])
  return row
}

const credit = ({ id, account_id }: { id: string; account_id: string }) => ({
  cause: 'top_up' as const,
  cause_id: id,
  account_id,
  bank_transfer_id: id,
})

const proposed = (fixture: Fixture) => ({
  reversal_reason: 'a test',
  reversal_proposed_by: fixture.staffId,
  reversal_proposed_at: AT,
})

/** The postings of a transfer, and of its reversal. */
async function reverse(fixture: Fixture, id: string, reversalId: string) {
  const line = {
    cause: 'top_up_reversed',
    cause_id: reversalId,
    account_id: fixture.buyer.actor.accountId,
    bank_transfer_id: id,
  } as const
  await insertPostings(fixture, [
    { ...line, ledger_account: 'customer_balance', amount_minor: -500n },
    { ...line, ledger_account: 'bank_clearing', amount_minor: 500n },
  ])
}

export const bankTransferViolations: readonly Violation[] = [
  {
    table: 'bank_transfer',
    constraint: 'closed_account_gets_no_transfer',
    guarantee: 'a transfer is not credited to a closed account',
    violate: async (fixture) => {
      const account_id = fixture.ctx.newId()
      const account = {
        id: account_id,
        name: 'gone',
        currency: 'USD',
        disabled_at: AT,
        closed_at: AT,
        closed_by: 'anna',
      }
      await fixture.tx.insertInto('account').values(account).execute()
      await insertTransfer(fixture, { account_id })
    },
  },
  {
    table: 'bank_transfer',
    constraint: 'credit_is_granted_or_approved',
    guarantee: 'a transfer above the single-approver limit is credited by two people',
    violate: async (fixture) => {
      await insertTransfer(fixture, { grant_id: null })
    },
  },
  {
    table: 'refund_limit',
    constraint: 'grant_limit_not_negative',
    guarantee: 'the single-approver limit of grants is not negative',
    violate: ({ tx }) => sql`update refund_limit set grant_alone_minor = -1`.execute(tx),
  },
  {
    table: 'alone_grant',
    constraint: 'one_person_grants_within_limit',
    guarantee: 'one person grants balance and credit within a daily limit',
    violate: async (fixture) => {
      await sql`update refund_limit set grant_alone_minor = 900`.execute(fixture.tx)
      await insertGrant(fixture)
      await insertGrant(fixture)
    },
  },
  {
    table: 'alone_grant',
    constraint: 'grant_amount_positive',
    guarantee: 'a grant is above zero',
    violate: (fixture) => insertGrant(fixture, { amount_minor: 0n }),
  },
  {
    table: 'alone_grant',
    constraint: 'grant_kind_known',
    guarantee: 'a grant is a transfer or a credit limit',
    violate: async ({ tx, ctx, staffId }) => {
      await sql`insert into alone_grant (id, staff_id, kind, amount_minor, currency)
        values (${ctx.newId()}, ${staffId}, 'a present', 1, 'USD')`.execute(tx)
    },
  },
  {
    table: 'bank_transfer',
    constraint: 'bank_transfer_state_known',
    guarantee: 'a transfer is in a known state',
    backstops: [
      ['bank_transfer', 'reversal_is_proposed_with_reason'],
      ['bank_transfer', 'only_a_reversed_transfer_is_decided'],
    ],
    violate: async (fixture) => {
      const { id } = await insertTransfer(fixture)
      await sql`update bank_transfer set state = 'lost' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'bank_transfer',
    constraint: 'bank_transfer_amount_positive',
    guarantee: 'the amount of a transfer is above zero',
    backstops: [['posting', 'top_up_only_adds']],
    violate: (fixture) => insertTransfer(fixture, { amount_minor: -500n }),
  },
  {
    table: 'bank_transfer',
    constraint: 'bank_reference_is_plain',
    guarantee: 'a reference is stored in one normal form',
    violate: (fixture) => insertTransfer(fixture, { bank_reference: 're 4711' }),
  },
  {
    table: 'bank_transfer',
    constraint: 'bank_transfer_credited_once',
    guarantee: 'a transfer is credited once',
    violate: async (fixture) => {
      await insertTransfer(fixture)
      await insertTransfer(fixture)
    },
  },
  {
    table: 'bank_transfer',
    constraint: 'bank_transfer_reversal_unique',
    guarantee: 'a reversal is of one transfer',
    backstops: [
      ['bank_transfer', 'bank_transfer_is_in_the_ledger'],
      ['posting', 'bank_transfer_is_in_the_ledger'],
    ],
    violate: async (fixture) => {
      const other = await sql<{ id: string }>`select id from staff_account limit 1`.execute(fixture.tx)
      const staff = await sql<{
        id: string
      }>`insert into staff_account (id, email, name, roles, password_hash)
        select ${fixture.ctx.newId()}, 'second@example.test', 'Second', roles, password_hash from staff_account
        where id = ${other.rows[0]?.id} returning id`.execute(fixture.tx)
      const decided = {
        ...proposed(fixture),
        state: 'reversed',
        reversal_id: fixture.ctx.newId(),
        reversal_decided_by: staff.rows[0]?.id ?? '',
        reversal_decided_at: AT,
      } as const
      await insertTransfer(fixture, decided)
      await insertTransfer(fixture, { ...decided, bank_reference: 'RE4712' })
    },
  },
  {
    table: 'bank_transfer',
    constraint: 'reversal_is_proposed_with_reason',
    guarantee: 'a proposed reversal has a proposer and a reason',
    violate: (fixture) => insertTransfer(fixture, { state: 'reversal_proposed' }),
  },
  {
    table: 'bank_transfer',
    constraint: 'only_a_reversed_transfer_is_decided',
    guarantee: 'a reversed transfer has the person who decided it',
    violate: async (fixture) => {
      const { id } = await insertTransfer(fixture)
      await fixture.tx
        .updateTable('bank_transfer')
        .set({ state: 'reversed', ...proposed(fixture) })
        .where('id', '=', id)
        .execute()
      await reverse(fixture, id, fixture.ctx.newId())
    },
  },
  {
    table: 'bank_transfer',
    constraint: 'reversal_needs_two_people',
    guarantee: 'a reversal is decided by another person than its proposer',
    violate: async (fixture) => {
      const { id } = await insertTransfer(fixture)
      const reversalId = fixture.ctx.newId()
      await fixture.tx
        .updateTable('bank_transfer')
        .set({
          ...proposed(fixture),
          state: 'reversed',
          reversal_id: reversalId,
          reversal_decided_by: fixture.staffId,
          reversal_decided_at: AT,
        })
        .where('id', '=', id)
        .execute()
      await reverse(fixture, id, reversalId)
    },
  },
  {
    table: 'bank_transfer',
    constraint: 'bank_transfer_terms_are_final',
    guarantee: 'the terms of a transfer never change',
    violate: async (fixture) => {
      const { id } = await insertTransfer(fixture)
      await sql`update bank_transfer set bank_reference = 'RE1' where id = ${id}`.execute(fixture.tx)
    },
  },
  {
    table: 'bank_transfer',
    constraint: 'bank_transfer_is_in_the_ledger',
    guarantee: 'a recorded transfer is credited',
    violate: async (fixture) => {
      const { tx, ctx, buyer, staffId } = fixture
      await tx
        .insertInto('bank_transfer')
        .values({
          grant_id: await insertGrant(fixture),
          id: ctx.newId(),
          account_id: buyer.actor.accountId,
          state: 'credited',
          amount_minor: 500n,
          currency: 'USD',
          bank_reference: 'RE4711',
          note: 'a test',
          recorded_by: staffId,
          recorded_at: AT,
        })
        .execute()
    },
  },
  {
    table: 'posting',
    constraint: 'bank_transfer_is_in_the_ledger',
    guarantee: 'a transfer is debited only by its reversal',
    violate: async (fixture) => {
      const { id } = await insertTransfer(fixture)
      await sql`set constraints all immediate`.execute(fixture.tx)
      await reverse(fixture, id, fixture.ctx.newId())
    },
  },
  {
    table: 'posting',
    constraint: 'money_at_the_bank_names_transfer',
    guarantee: 'bank money belongs to a transfer',
    violate: (fixture) =>
      insertPostings(fixture, [
        { ledger_account: 'bank_clearing', amount_minor: -1n },
        { ledger_account: 'revenue', amount_minor: 1n },
      ]),
  },
  {
    table: 'posting',
    constraint: 'top_up_only_adds',
    guarantee: 'a top-up adds to a balance',
    violate: (fixture) => {
      const account_id = fixture.buyer.actor.accountId
      return insertPostings(fixture, [
        { ledger_account: 'customer_balance', amount_minor: -1n, account_id },
        { ledger_account: 'revenue', amount_minor: 1n },
      ])
    },
  },
]
