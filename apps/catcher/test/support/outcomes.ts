import { listBackorders } from '@droplock/core/backorders/list'
import { proveLedger } from '@droplock/core/ledger/prove'
import { expect } from 'vitest'
import type { Testbed } from './testbed.ts'

/** The outcome of each order, by name. */
export async function outcomes(testbed: Testbed): Promise<Record<string, string>> {
  const { items } = await listBackorders(testbed.buyer, { limit: 200 })
  return Object.fromEntries(items.map((each) => [each.name, each.failureReason ?? each.state]))
}

export async function allDecided(testbed: Testbed): Promise<boolean> {
  const { items } = await listBackorders(testbed.buyer, { limit: 200 })
  return items.every(({ decidedAt }) => decidedAt !== null)
}

/** The open alarms as `kind subject`, by the console's API. */
export async function openAlarms(testbed: Testbed): Promise<readonly string[]> {
  const alarms = await (await testbed.today()).alarms()
  return alarms.map(({ kind, subject }) => `${kind} ${subject}`).toSorted()
}

export function isOpen(testbed: Testbed, kind: string): () => Promise<boolean> {
  return async () => (await openAlarms(testbed)).some((alarm) => alarm.startsWith(`${kind} `))
}

/** Checks that the ledger is right and no caught name was refunded. */
export async function proveMoney(testbed: Testbed): Promise<void> {
  expect(await proveLedger(testbed.clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 0n },
    unrefundedFailures: 0,
    balanceMismatches: 0,
  })
}

type Use = {
  readonly clid: string
  readonly sessions: number
  readonly violations: Record<string, number>
}

async function useOf(testbed: Testbed, clid: string): Promise<Use | undefined> {
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/violations`)
  const { accounts } = (await answer.json()) as { accounts: readonly Use[] }
  return accounts.find((account) => account.clid === clid)
}

/** How many sessions our account has at the registry. */
export async function sessionsOf(testbed: Testbed): Promise<number> {
  return (await useOf(testbed, 'droplock'))?.sessions ?? 0
}

/** How often our account exceeded each of the registry's limits. */
export async function violationsOf(testbed: Testbed, clid = 'droplock'): Promise<Record<string, number>> {
  return (await useOf(testbed, clid))?.violations ?? {}
}
