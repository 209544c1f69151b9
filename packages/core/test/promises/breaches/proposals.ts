import { sql } from 'kysely'
import { givenStaff } from '../../support/world.ts'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

const AT = new Date('2026-11-24T12:00:00Z')

type Row = {
  readonly kind?: string
  readonly state?: string
  readonly decidedBy?: string | null
  readonly decidedAt?: Date | null
}

/** A proposal that waits, of the scene's person. */
async function insertProposal(scene: Scene, row: Row = {}) {
  const { kind = 'credit_limit', state = 'proposed', decidedBy = null, decidedAt = null } = row
  await sql`insert into proposal (id, kind, subject, terms, reason, state, proposed_by, proposed_at, expires_at, decided_by,
      decided_at)
    values (${scene.ctx.newId()}, ${kind}, 'a subject', '{}', 'a test', ${state}, ${scene.staffId}, ${AT}, ${AT}, ${decidedBy},
      ${decidedAt})`.execute(scene.tx)
}

const another = async (scene: Scene) => (await givenStaff(scene.ctx, 'operator')).actor.staffId

export const proposalBreaches: readonly Breach[] = [
  {
    table: 'proposal',
    keeper: 'proposal_kind_known',
    promise: 'what is proposed is of a known kind',
    deed: (scene) => insertProposal(scene, { kind: 'a party' }),
  },
  {
    table: 'proposal',
    keeper: 'proposal_state_known',
    promise: 'a proposal is in a state of its machine',
    deed: (scene) => insertProposal(scene, { state: 'forgotten', decidedAt: AT }),
  },
  {
    table: 'proposal',
    keeper: 'proposal_is_decided_by_another',
    promise: 'whoever proposes something does not decide it',
    deed: (scene) => insertProposal(scene, { state: 'approved', decidedBy: scene.staffId, decidedAt: AT }),
  },
  {
    table: 'proposal',
    keeper: 'decided_proposal_has_decider',
    promise: 'what is approved or rejected was so by somebody',
    deed: (scene) => insertProposal(scene, { state: 'approved', decidedAt: AT }),
  },
  {
    table: 'proposal',
    keeper: 'ended_proposal_has_time',
    promise: 'a proposal that has ended says when',
    deed: async (scene) => insertProposal(scene, { state: 'rejected', decidedBy: await another(scene) }),
  },
  {
    table: 'proposal',
    keeper: 'one_open_proposal_per_subject',
    promise: 'of one thing one proposal is open',
    deed: async (scene) => {
      await insertProposal(scene)
      await insertProposal(scene)
    },
  },
  {
    table: 'proposal',
    keeper: 'proposal_terms_are_final',
    promise: 'what is approved is what was proposed',
    deed: async (scene) => {
      await insertProposal(scene)
      await sql`update proposal set terms = '{"limit_minor":"1"}'`.execute(scene.tx)
    },
  },
]
