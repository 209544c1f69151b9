import { sql } from 'kysely'
import { givenStaff } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'

const AT = new Date('2026-11-24T12:00:00Z')

type Row = {
  readonly kind?: string
  readonly state?: string
  readonly decidedBy?: string | null
  readonly decidedAt?: Date | null
}

/** An open proposal of the fixture's person. */
async function insertProposal(fixture: Fixture, row: Row = {}) {
  const { kind = 'credit_limit', state = 'proposed', decidedBy = null, decidedAt = null } = row
  await sql`insert into proposal (id, kind, subject, terms, reason, state, proposed_by, proposed_at, expires_at, decided_by,
      decided_at)
    values (${fixture.ctx.newId()}, ${kind}, 'a subject', '{}', 'a test', ${state}, ${fixture.staffId}, ${AT}, ${AT}, ${decidedBy},
      ${decidedAt})`.execute(fixture.tx)
}

const another = async (fixture: Fixture) => (await givenStaff(fixture.ctx, 'operator')).actor.staffId

export const proposalViolations: readonly Violation[] = [
  {
    table: 'proposal',
    constraint: 'proposal_kind_known',
    guarantee: 'a proposal has a known kind',
    violate: (fixture) => insertProposal(fixture, { kind: 'a party' }),
  },
  {
    table: 'proposal',
    constraint: 'proposal_state_known',
    guarantee: 'a proposal is in a state of its machine',
    violate: (fixture) => insertProposal(fixture, { state: 'forgotten', decidedAt: AT }),
  },
  {
    table: 'proposal',
    constraint: 'proposal_is_decided_by_another',
    guarantee: 'a proposal is decided by another person than its proposer',
    violate: (fixture) =>
      insertProposal(fixture, { state: 'approved', decidedBy: fixture.staffId, decidedAt: AT }),
  },
  {
    table: 'proposal',
    constraint: 'decided_proposal_has_decider',
    guarantee: 'an approved or rejected proposal has the person who decided it',
    violate: (fixture) => insertProposal(fixture, { state: 'approved', decidedAt: AT }),
  },
  {
    table: 'proposal',
    constraint: 'ended_proposal_has_time',
    guarantee: 'a proposal has an end time exactly if it has ended',
    violate: async (fixture) =>
      insertProposal(fixture, { state: 'rejected', decidedBy: await another(fixture) }),
  },
  {
    table: 'proposal',
    constraint: 'one_open_proposal_per_subject',
    guarantee: 'one proposal of a kind and subject is open at a time',
    violate: async (fixture) => {
      await insertProposal(fixture)
      await insertProposal(fixture)
    },
  },
  {
    table: 'proposal',
    constraint: 'proposal_terms_are_final',
    guarantee: 'what is approved is what was proposed',
    violate: async (fixture) => {
      await insertProposal(fixture)
      await sql`update proposal set terms = '{"limit_minor":"1"}'`.execute(fixture.tx)
    },
  },
]
