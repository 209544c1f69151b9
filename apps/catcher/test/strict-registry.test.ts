import type { ChildProcess } from 'node:child_process'
import { listBackorders } from '@droplock/core/backorders/list'
import { proveLedger } from '@droplock/core/ledger/prove'
import { afterEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../registry-sim/src/registry/settings.ts'
import { type Arena, type DroppingName, openArena } from './support/arena.ts'
import { endGently, spawnCatcher } from './support/process.ts'
import { waitUntil } from './support/wait-until.ts'

/**
 * A registry as one was met: it tells nobody of others' names (2201), ends a connection on which a clTRID comes twice, and sells
 * a premium name at its open price to whoever agrees to no fee.
 */
const strict: Partial<RegistryOptions> = {
  infoOfOthers: 'refused',
  clTRIDs: 'unique',
  fee: { premiumMinor: 50_000, premiumWithoutFee: 'sold', higherFee: 'taken' },
}

const SOON_MS = 1_500

let arena: Arena
let catcher: ChildProcess
afterEach(async () => {
  await endGently(catcher)
  await arena.end()
})

async function drop(names: readonly DroppingName[]): Promise<Record<string, string>> {
  arena = await openArena(strict)
  catcher = spawnCatcher(arena)
  await arena.order(names, SOON_MS)
  let ends: readonly [string, string | null, Date | null][] = []
  await waitUntil(
    'every name is decided',
    async () => {
      const { items } = await listBackorders(arena.buyer, { limit: 200 })
      ends = items.map(({ name, failureReason, state, decidedAt }) => [
        name,
        failureReason ?? state,
        decidedAt,
      ])
      return ends.every(([, , decidedAt]) => decidedAt !== null)
    },
    20_000,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(ends)}`)
  })
  return Object.fromEntries(ends.map(([name, end]) => [name, end ?? '']))
}

async function chargedOf(clid: string): Promise<unknown> {
  const answer = await fetch(`${arena.simulator.control}/registries/sim/violations`)
  const { accounts } = (await answer.json()) as { accounts: { clid: string; charged: unknown }[] }
  return accounts.find((account) => account.clid === clid)?.charged
}

test('at a registry that tells nothing of others and sells premium names at any price, no premium name is bought and every name is decided', async () => {
  const ends = await drop([
    { name: 'ours.test', kind: 'normal', priorClid: 'registrar-12', rivals: [] },
    { name: 'own.test', kind: 'normal', priorClid: 'droplock', rivals: [] },
    { name: 'dear.test', kind: 'premium', priorClid: 'registrar-12', rivals: [] },
    {
      name: 'rival.test',
      kind: 'normal',
      priorClid: 'registrar-12',
      rivals: [{ clid: 'rival-a', delayMs: 1 }],
    },
    { name: 'kept.test', kind: 'unreleased', priorClid: 'droplock' },
    { name: 'policy.test', kind: 'refused', priorClid: 'registrar-12', rivals: [] },
  ])
  expect(ends).toEqual({
    'ours.test': 'successful',
    'own.test': 'successful',
    'dear.test': 'premium',
    'rival.test': 'lost',
    'kept.test': 'missed',
    'policy.test': 'refused',
  })
  expect(await chargedOf('droplock')).toEqual([
    { operation: 'create', class: 'standard', count: 2, minor: 1_600 },
  ])
  expect(await proveLedger(arena.clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 0n },
    unrefundedFailures: 0,
  })
})
