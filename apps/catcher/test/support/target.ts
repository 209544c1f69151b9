import { money } from '@droplock/rules/money'
import type { PlanFacts } from '../../src/plan/ready-at.ts'
import { type AccountFacts, type Prior, type Target, untried } from '../../src/plan/target.ts'

/** The standard fee of the zone. */
export const CAP = money(800n, 'USD')

/** A target whose window is from 10,000 to 11,000 and whose grace ends at 20,000, changed as the test needs it. */
export function target(changes: Partial<Target> = {}): Target {
  return {
    id: 'target-1',
    listingId: 'listing-1',
    zone: 'test',
    name: 'wanted.test',
    orderedAt: new Date(1_000),
    armedAt: new Date(5_000),
    dropFromMs: 10_000,
    dropToMs: 11_000,
    graceUntilMs: 20_000,
    releaseMs: 10_000,
    release: 'exact_instant',
    probing: { fromMs: 20_000, everyMs: 1_000, share: 0.1 },
    arming: 1,
    prior: prior(),
    place: null,
    fee: { cap: CAP, agreed: CAP },
    contacts: { kind: 'complete', carried: { contacts: [] } },
    rdapUrl: null,
    withdrawing: false,
    phase: 'firing',
    applied: false,
    awarded: null,
    ...untried,
    ...changes,
  }
}

/** The facts of a registry with the fee extension that shows others' names, changed as the test needs it. */
export function accountFacts(changes: Partial<AccountFacts> = {}): AccountFacts {
  return {
    feeAgreed: true,
    othersHidden: false,
    clid: 'droplock',
    ourClids: new Set(['droplock']),
    ...changes,
  }
}

/** What `info` shows of a registration that is to be deleted. */
export function prior(changes: Partial<Extract<Prior, { kind: 'known' }>> = {}): Prior {
  return { kind: 'known', crDate: new Date(100), clid: 'someone', updatedAt: null, roid: null, ...changes }
}

/** The facts for the plan of an account that sends everything, with a free rate of ten commands a second and a clock that is known. */
export function planFacts(changes: Partial<PlanFacts> = {}): PlanFacts {
  const aim = { aimErrorMs: 0, roundTripMs: 10 }
  return {
    ...accountFacts(),
    sends: 'all',
    hasBudget: true,
    commandsLeft: 10,
    rateLeft: 1,
    ...aim,
    probes,
    ...changes,
  }
}

/** The pace of probes at a registry without a budget of failed creates, of which none was sent yet. */
export const probes = {
  lastMs: -Infinity,
  lastCreateMs: -Infinity,
  commandsPerSecondMax: 10,
  failedCreatesPerDayMax: Infinity,
} as const
