import { BackorderDetail } from '@droplock/contracts/console/backorders'
import { Proposal, ProposalList } from '@droplock/contracts/console/proposal'
import { TargetEvidence } from '@droplock/contracts/console/target-evidence'
import { newId } from '@droplock/core/new-id'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { markAmbiguous } from '@droplock/core/targets/record'
import { expect, test } from 'vitest'
import { givenArmed, NAME } from '../../../packages/core/test/support/held.ts'
import { REGISTRY_ACCOUNT } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, useWorld } from './support/world.ts'

const world = useWorld()
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)

test('two people see the same evidence of an undecided target, and the second decides the outcome', async () => {
  const { targetId, backorderId } = await givenArmed(world.ctx)
  await beginFiring(world.ctx, [targetId])
  await markAmbiguous(world.ctx, [targetId])
  await givenAttempts(targetId)
  const ann = await givenPerson(world, 'operator')
  const bob = await givenPerson(world, 'finance_approver')
  const evidenceOf = async (who: typeof ann) =>
    expectBody(await who.send({ path: `/api/targets/${targetId}/evidence` }), 200, TargetEvidence)
  expect(await evidenceOf(ann)).toMatchObject({ is_left_to_people: false })
  await world.ctx.db
    .updateTable('catch_target')
    .set({ drop_from: hoursAgo(2), drop_to: hoursAgo(2), grace_until: hoursAgo(1) })
    .execute()
  const seen = await evidenceOf(ann)
  expect(seen).toMatchObject({
    name: NAME,
    backorder_id: backorderId,
    state: 'ambiguous',
    is_left_to_people: true,
    registry_account_ids: [REGISTRY_ACCOUNT],
    answers: [
      { command: 'create', code: 2302, count: 3 },
      { command: 'create', outcome: 'unknown', count: 1 },
      { command: 'info', code: 1000, count: 1 },
    ],
    messages: [{ text: 'Name reassigned' }],
  })
  expect(seen.attempts.map(({ command, outcome }) => `${command} ${outcome}`)).toEqual([
    'info answered',
    'create unknown',
  ])
  expect(await evidenceOf(bob)).toEqual(seen)
  const proposed = {
    target_id: targetId,
    outcome: 'lost',
    evidence: 'RDAP names another registrar',
    reason: 'nothing else decides it',
  }
  const made = await expectBody(
    await ann.send({ method: 'POST', path: '/api/proposals/target-outcomes', body: proposed }),
    201,
    Proposal,
  )
  const open = await bob.send({ path: `/api/proposals?state=proposed&subject=${targetId}` })
  expect((await expectBody(open, 200, ProposalList)).items).toMatchObject([
    { id: made.id, backorder_id: backorderId },
  ])
  const approve = { method: 'POST', path: `/api/proposals/${made.id}/approve`, body: {} }
  await expectProblem(await ann.send(approve), 'decider_is_proposer')
  expect(await expectBody(await bob.send(approve), 200, Proposal)).toMatchObject({ state: 'approved' })
  const decided = await ann.send({ path: `/api/backorders/${backorderId}` })
  expect(await expectBody(decided, 200, BackorderDetail)).toMatchObject({
    state: 'failed',
    failure_reason: 'lost',
  })
  expect(await evidenceOf(bob)).toMatchObject({ is_left_to_people: false, state: 'lost' })
})

test('the evidence of no target is none', async () => {
  const viewer = await givenPerson(world, 'viewer')
  await expectProblem(await viewer.send({ path: `/api/targets/${newId()}/evidence` }), 'target_not_found')
})

/** Three refused creates, one without an answer, an info; and a message of the registry about the name. */
async function givenAttempts(targetId: string): Promise<void> {
  const attempt = (at: number, command: 'create' | 'info', code: number | null) => ({
    cltrid: `attempt-${at}`,
    target_id: targetId,
    registry_account_id: REGISTRY_ACCOUNT,
    command,
    sent_at: new Date(Date.now() + at),
    outcome: code === null ? ('unknown' as const) : ('answered' as const),
    code,
    message: code === null ? null : 'said so',
  })
  await world.ctx.db
    .insertInto('catch_attempt')
    .values([
      attempt(1, 'create', 2302),
      attempt(2, 'create', 2302),
      attempt(3, 'create', 2302),
      attempt(4, 'create', null),
      attempt(5, 'info', 1000),
    ])
    .execute()
  await world.ctx.db
    .insertInto('registry_message')
    .values({
      registry_account_id: REGISTRY_ACCOUNT,
      message_id: '12',
      received_at: new Date(),
      text: 'Name reassigned',
      about: NAME,
      evidence: '<epp/>',
    })
    .execute()
}
