import { expect, test } from 'vitest'
import {
  chooseProvider,
  type PaymentKeys,
  type ProviderFacts,
  paymentKeysOf,
} from '../src/choose-provider.ts'

const every: ProviderFacts[] = (['live', 'test'] as const).flatMap((database) =>
  [0, 1].flatMap((real) =>
    [0, 1].flatMap((simulated) =>
      [true, false].flatMap((embedded) =>
        [true, false].flatMap((demo) =>
          (['none', 'incomplete', 'unknown', 'mixed', 'test', 'live'] as const).map((keys) => ({
            database,
            accounts: { real, simulated },
            embedded,
            demo,
            cards: true,
            keys,
          })),
        ),
      ),
    ),
  ),
)
const uses = (facts: ProviderFacts) => {
  const decision = chooseProvider(facts)
  return decision.kind === 'use' ? decision.provider : undefined
}
const live = (keys: PaymentKeys, real: number, simulated: number, embedded = false, demo = false) =>
  uses({ database: 'live', accounts: { real, simulated }, embedded, demo, cards: true, keys })

test('the test database has the sandbox whatever keys are set, and nothing beside a real registry account', () => {
  for (const facts of every.filter(({ database }) => database === 'test')) {
    expect(uses(facts)).toBe(facts.accounts.real > 0 ? undefined : 'sandbox')
  }
})

test('a live database with a real registry account takes live keys or nothing', () => {
  for (const facts of every.filter(({ database, accounts }) => database === 'live' && accounts.real > 0)) {
    if (uses(facts) !== undefined) expect([uses(facts), facts.keys]).toEqual(['stripe', 'live'])
  }
  expect(live('live', 1, 0)).toBe('stripe')
  expect(live('none', 1, 0, true, true)).toBeUndefined()
})

test('live keys never serve a simulated registry', () => {
  for (const facts of every.filter(({ database, keys }) => database === 'live' && keys === 'live')) {
    expect(uses(facts)).toBe(facts.accounts.simulated > 0 ? undefined : 'stripe')
  }
})

test('play money in a live database needs all accounts simulated, and embedded or demo', () => {
  expect(live('none', 0, 1, true, false)).toBe('sandbox')
  expect(live('none', 0, 1, false, true)).toBe('sandbox')
  expect(live('test', 0, 1, true, false)).toBe('stripe')
  expect(live('none', 0, 1)).toBeUndefined()
  expect(live('test', 0, 0)).toBeUndefined()
  expect(live('none', 1, 1, true, true)).toBeUndefined()
})

test('a live service without cards has no keys, and sells simulated names only for show', () => {
  for (const facts of every.filter(({ database }) => database === 'live')) {
    const { keys, accounts, embedded, demo } = facts
    const isSafe = keys === 'none' && (accounts.simulated === 0 || embedded || demo)
    expect(chooseProvider({ ...facts, cards: false }).kind).toBe(isSafe ? 'none' : 'refuse')
  }
})

test('a test database that takes no cards is beside no real registry account either', () => {
  for (const facts of every.filter(({ database }) => database === 'test')) {
    const { kind } = chooseProvider({ ...facts, cards: false })
    expect(kind).toBe(facts.accounts.real > 0 ? 'refuse' : 'none')
  }
})

test('half a set of keys, a key of an unknown kind, or keys of two modes are refused', () => {
  expect(live('incomplete', 0, 1, true)).toBeUndefined()
  expect(live('unknown', 0, 1, true)).toBeUndefined()
  expect(live('mixed', 1, 0)).toBeUndefined()
  expect(live('mixed', 0, 1, true, true)).toBeUndefined()
})

const kind = (secretKey?: string, webhookSecret?: string, publishableKey?: string) =>
  paymentKeysOf({ secretKey, webhookSecret, publishableKey })

test('the prefix decides the mode of the keys, and both secrets are needed', () => {
  expect(kind()).toBe('none')
  expect(kind('', '', '')).toBe('none')
  expect(kind('sk_live_1')).toBe('incomplete')
  expect(kind(undefined, 'whsec_1')).toBe('incomplete')
  expect(kind('sk_live_1', 'whsec_1')).toBe('live')
  expect(kind('rk_test_1', 'whsec_1')).toBe('test')
  expect(kind('pk_live_1', 'whsec_1')).toBe('unknown')
})

test('a publishable key has the mode of the secret key, and is nothing without it', () => {
  expect(kind('sk_live_1', 'whsec_1', 'pk_live_1')).toBe('live')
  expect(kind('sk_live_1', 'whsec_1', 'pk_test_1')).toBe('mixed')
  // If the two are swapped, the secret key must not reach every browser.
  expect(kind('sk_live_1', 'whsec_1', 'sk_live_1')).toBe('mixed')
  expect(kind(undefined, undefined, 'pk_live_1')).toBe('incomplete')
})
