import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'
import { insertPostings } from '../rows.ts'

const AT = new Date('2026-11-24T12:00:00Z')

export const goodwillViolations: readonly Violation[] = [
  {
    table: 'goodwill_credit',
    constraint: 'goodwill_is_positive',
    guarantee: 'a goodwill credit gives something',
    violate: (fixture) => insertCredit(fixture, { amount: 0 }),
  },
  {
    table: 'goodwill_credit',
    constraint: 'goodwill_has_a_reason',
    guarantee: 'a goodwill credit has a reason',
    violate: (fixture) => insertCredit(fixture, { reason: ' ' }),
  },
  {
    table: 'goodwill_credit',
    constraint: 'one_goodwill_per_proposal',
    guarantee: 'a proposal gives one credit',
    violate: async (fixture) => {
      const proposalId = await insertProposal(fixture)
      await insertCredit(fixture, { proposalId })
      await insertCredit(fixture, { proposalId })
    },
  },
  {
    table: 'goodwill_credit',
    constraint: 'goodwill_is_final',
    guarantee: 'a goodwill credit never changes',
    violate: async (fixture) => {
      await insertCredit(fixture)
      await sql`update goodwill_credit set amount_minor = 2`.execute(fixture.tx)
    },
  },
  {
    table: 'posting',
    constraint: 'goodwill_is_a_credit',
    guarantee: 'what is booked as goodwill is a credit that two people decided',
    violate: (fixture) =>
      insertPostings(fixture, [
        { cause: 'goodwill', ledger_account: 'goodwill', amount_minor: -1n },
        { cause: 'goodwill', ledger_account: 'provider_clearing', amount_minor: 1n },
      ]),
  },
  {
    table: 'reconciliation_request',
    constraint: 'reconciliation_has_a_reason',
    guarantee: 'a reconciliation is asked for with a reason',
    violate: (fixture) => insertRequest(fixture, ' '),
  },
  {
    table: 'reconciliation_request',
    constraint: 'one_reconciliation_is_asked_for',
    guarantee: 'one reconciliation waits at a time',
    violate: async (fixture) => {
      await insertRequest(fixture)
      await insertRequest(fixture)
    },
  },
]

async function insertProposal({ tx, ctx, staffId }: Fixture): Promise<string> {
  const id = ctx.newId()
  await sql`insert into proposal (id, kind, subject, terms, reason, state, proposed_by, proposed_at, expires_at)
    values (${id}, 'goodwill_credit', ${id}, '{}', 'a test', 'proposed', ${staffId}, ${AT}, ${AT})`.execute(
    tx,
  )
  return id
}

type Credit = { readonly amount?: number; readonly reason?: string; readonly proposalId?: string }

async function insertCredit(fixture: Fixture, credit: Credit = {}): Promise<void> {
  const { tx, ctx, buyer } = fixture
  const { amount = 1, reason = 'a reason' } = credit
  const proposalId = credit.proposalId ?? (await insertProposal(fixture))
  await sql`insert into goodwill_credit (id, account_id, amount_minor, currency, reason, proposal_id, credited_at)
    values (${ctx.newId()}, ${buyer.actor.accountId}, ${amount}, 'USD', ${reason}, ${proposalId}, ${AT})`.execute(
    tx,
  )
}

function insertRequest({ tx, ctx, staffId }: Fixture, reason = 'a reason') {
  return sql`insert into reconciliation_request (id, reason, requested_by, requested_at)
    values (${ctx.newId()}, ${reason}, ${staffId}, ${AT})`.execute(tx)
}
