import { RealAndSimulatedMixed } from '@droplock/rules/registries'
import { expect, test } from 'vitest'
import { openTopUp } from '../../src/accounts/top-up.ts'
import { asService } from '../../src/context.ts'
import { defineRegistry } from '../../src/registries/define.ts'
import { countRegistryAccounts } from '../../src/registries/read.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { ask } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { untilAnswered } from '../support/waiting.ts'
import { contextOf, givenAccount, givenRegistry } from '../support/world.ts'

const account = {
  id: 'real/us',
  clid: 'us',
  hosts: [{ host: 'epp.registry.test', port: 700 }],
  isSimulator: false,
  limits: { sessionsMax: 1, commandsPerSecondMax: 1 },
}
const real = { id: 'real', profile: 'generic', accounts: [account], zones: [] }
const simulated = {
  ...real,
  id: 'simulated',
  accounts: [{ ...account, id: 'simulated/us', isSimulator: true }],
}

test('real and simulated accounts are counted', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    expect(await countRegistryAccounts(ctx)).toEqual({ real: 0, simulated: 0 })
    await givenRegistry(ctx)
    expect(await countRegistryAccounts(ctx)).toEqual({ real: 0, simulated: 1 })
  }))

test('a real registry account is not added beside a simulated one, nor a simulated beside a real one', async () => {
  for (const [first, second] of [
    [simulated, real],
    [real, simulated],
  ] as const) {
    await rolledBack(async (db) => {
      const ctx = contextOf(db)
      await defineRegistry(asService(ctx), first)
      await expect(defineRegistry(asService(ctx), second)).rejects.toThrow(RealAndSimulatedMixed)
    })
  }
})

test('a registry has several accounts of ours, each with a clid of its own', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const both = [account, { ...account, id: 'real/them', clid: 'them' }]
    await defineRegistry(asService(ctx), { ...real, accounts: both })
    expect(await countRegistryAccounts(ctx)).toEqual({ real: 2, simulated: 0 })
    const same = [{ ...account, id: 'real/third', clid: 'them' }]
    await expect(
      defineRegistry(asService(ctx), { ...real, accounts: same, reason: 'a test' }),
    ).rejects.toThrow('two registry accounts have the same clid')
    expect(await countRegistryAccounts(ctx)).toEqual({ real: 2, simulated: 0 })
  }))

test('a simulated account cannot become real beside another one', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    await givenRegistry(ctx)
    await defineRegistry(asService(ctx), simulated)
    const turned = { ...simulated, accounts: [{ ...account, id: 'simulated/us' }] }
    await expect(defineRegistry(asService(ctx), turned)).rejects.toThrow(RealAndSimulatedMixed)
  }))

test('where the sandbox has taken a payment, no real registry account is added', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    await ask(ctx, new FakeProvider(), await openTopUp(buyer, 1_000n))
    await expect(defineRegistry(asService(ctx), real)).rejects.toThrow(RealAndSimulatedMixed)
  }))

test('of a real and a simulated account added at once, one is refused', async () => {
  await using clone = await disposableClone()
  const ctx = contextOf(clone.db)
  const results = await Promise.allSettled(
    Array.from({ length: 4 }, (_, n) => [
      { ...real, id: `real-${n}`, accounts: [{ ...account, id: `real-${n}/us` }] },
      {
        ...simulated,
        id: `simulated-${n}`,
        accounts: [{ ...account, id: `simulated-${n}/us`, isSimulator: true }],
      },
    ])
      .flat()
      .map((registry) => untilAnswered(() => defineRegistry(asService(ctx), registry))),
  )
  const refused = results.filter((result) => result.status === 'rejected')
  for (const { reason } of refused) expect(reason).toBeInstanceOf(RealAndSimulatedMixed)
  const counts = await countRegistryAccounts(ctx)
  expect([counts.real, counts.simulated].toSorted()).toEqual([0, 4])
})

async function disposableClone() {
  const clone = await cloneDatabase()
  return { db: clone.db, [Symbol.asyncDispose]: clone.drop }
}
