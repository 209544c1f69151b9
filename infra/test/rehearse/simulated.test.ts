import type { DropDay } from '@droplock/core/order-of-service/read-drop-day'
import { expect, test } from 'vitest'
import { simulatedRegistry } from '../../src/rehearse/simulated.ts'
import { givenName } from './support/given-name.ts'

const contract = { sessionsMax: 6, commandsPerSecondMax: 40 }
const day = {
  registryId: 'acme',
  profile: 'generic',
  contracts: [contract],
  zones: [],
  names: [givenName()],
} as const satisfies DropDay
const simulated = (over: Partial<DropDay>, rivals = 0) =>
  simulatedRegistry({ ...day, ...over }, { epp: 1, drop: 2 }, rivals)

test('every account of ours is there with its own limits, and rivals with those of the first', () => {
  const { accounts, ownClid } = simulated({ contracts: [contract, { ...contract, sessionsMax: 2 }] }, 2)
  expect(ownClid).toBe('us-1')
  expect(accounts.map(({ clid, limits }) => [clid, limits?.sessionsMax])).toEqual([
    ['us-1', 6],
    ['us-2', 2],
    ['rival-1', 6],
    ['rival-2', 6],
  ])
})

test('with a host for the drop it has that port too, and the account may use on both hosts together what its contract allows', () => {
  expect(simulated({})).not.toHaveProperty('dropPort')
  const apart = simulated({ profile: 'nz-like' })
  expect(apart).toMatchObject({ port: 1, dropPort: 2, accounts: [{ limits: contract }] })
})

test('it hides what it orders a batch by where the real one does, and takes applications where a name is applied for', () => {
  expect(simulated({})).not.toHaveProperty('infoOfOthers')
  expect(simulated({})).not.toHaveProperty('dropzone')
  expect(simulated({ names: [givenName({ orderKey: 'hidden' })] })).toMatchObject({ infoOfOthers: 'refused' })
  const applied = simulated({ profile: 'dropzone-like', names: [givenName({ release: 'applications' })] })
  expect(applied).toMatchObject({ profile: 'dropzone-like', dropzone: { periodMs: 15_000 } })
})
