import { Proposal, ProposalList } from '@droplock/contracts/console/proposal'
import { RegistryStop, RegistryStopList } from '@droplock/contracts/console/registries'
import { expect, test } from 'vitest'
import { givenArmedTargets, openWindows } from '../../../packages/core/test/support/drop.ts'
import { REGISTRY } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
const reason = 'its creates cost ten times the fee'
const post = (who: Person, path: string, body: unknown) => who.send({ method: 'POST', path, body })

test('while a paid name is in its window another person finds the proposed stop and approves it, as docs/installation.md has it', async () => {
  await givenArmedTargets(world.ctx)
  await openWindows(world.ctx)
  const ann = await givenPerson(world, 'operator')
  const bob = await givenPerson(world, 'operator')
  await expectProblem(
    await post(ann, `/api/registries/${REGISTRY}/stop`, { reason }),
    'stop_needs_two_people',
  )
  const stop = { registry_id: REGISTRY, reason }
  const made = await expectBody(await post(ann, '/api/proposals/registry-stops', stop), 201, Proposal)
  const waiting = await bob.send({ path: '/api/proposals?kind=registry_stop&state=proposed' })
  const { items } = await expectBody(waiting, 200, ProposalList)
  expect(items).toMatchObject([{ id: made.id, subject: REGISTRY, reason, proposed_by: { id: ann.id } }])
  await expectProblem(await post(ann, `/api/proposals/${made.id}/approve`, {}), 'decider_is_proposer')
  await expectBody(await post(bob, `/api/proposals/${made.id}/approve`, {}), 200, Proposal)
  const stops = await expectBody(await ann.send({ path: '/api/registry-stops' }), 200, RegistryStopList)
  expect(stops.items).toMatchObject([{ registry_id: REGISTRY, stopped_by: bob.email, proposal_id: made.id }])
  const restarted = await post(ann, `/api/registries/${REGISTRY}/restart`, { reason: 'it is corrected' })
  expect(await expectBody(restarted, 200, RegistryStop)).toHaveProperty('ended_at')
})
