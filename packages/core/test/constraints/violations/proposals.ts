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

/** A proposal that waits, of the fixture's person. */
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
    guarantee: 'what is proposed is of a known kind',
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
    guarantee: 'whoever proposes something does not decide it',
    violate: (fixture) =>
      insertProposal(fixture, { state: 'approved', decidedBy: fixture.staffId, decidedAt: AT }),
  },
  {
    table: 'proposal',
    constraint: 'decided_proposal_has_decider',
    guarantee: 'what is approved or rejected was so by somebody',
    violate: (fixture) => insertProposal(fixture, { state: 'approved', decidedAt: AT }),
  },
  {
    table: 'proposal',
    constraint: 'ended_proposal_has_time',
    guarantee: 'a proposal that has ended says when',
    violate: async (fixture) =>
      insertProposal(fixture, { state: 'rejected', decidedBy: await another(fixture) }),
  },
  {
    table: 'proposal',
    constraint: 'one_open_proposal_per_subject',
    guarantee: 'of one thing one proposal is open',
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
