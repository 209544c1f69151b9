import type { RegistryProfileId } from '@droplock/rules/registries'
import type { NameTruth } from '../../../../registry-sim/src/registry/truth.ts'
import type { Testbed } from '../../support/testbed.ts'
import { wrongContacts } from './contacts.ts'
import type { FaultCount } from './faults.ts'
import { countRenewals } from './renewals.ts'
import { readTruth, type SimulatorProcess } from './simulator.ts'

/** The result of a profile's trial, by the registry's count and truth. */
export type TrialResult = {
  readonly profile: RegistryProfileId
  readonly names: number
  /** Numbers by outcome. */
  readonly ends: Readonly<Record<string, number>>
  /** Outcomes that the registry's truth contradicts. */
  readonly wrong: readonly string[]
  readonly violations: readonly string[]
  readonly commands: number
  readonly creates: number
  readonly commandsPerSecondPeak: number
  readonly renewed: number
  readonly refunded: number
  readonly faults: FaultCount
}

/** The name is still free, and the budget of failed creates is used up. */
const WAITING = 'waiting'

/** An `info` about another registrar's name is how the client finds out that the registry refuses it. */
const ASKED_ONCE: Partial<Record<RegistryProfileId, string>> = { 'strict-like': 'infoOfOthers' }

type Use = {
  readonly clid: string
  readonly violations: Readonly<Record<string, number>>
  readonly used: {
    readonly commands: number
    readonly creates: number
    readonly commandsPerSecondPeak: number
  }
}

export async function readResult(
  ground: Pick<Testbed, 'clone' | 'buyer'>,
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  faults: FaultCount,
): Promise<TrialResult> {
  const rows = await ground.clone.db
    .selectFrom('backorder')
    .innerJoin('catch_target', 'catch_target.backorder_id', 'backorder.id')
    .innerJoin('listing', 'listing.id', 'backorder.listing_id')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .select([
      'listing.drop_to',
      'grace_seconds',
      'backorder.name',
      'backorder.state',
      'backorder.failure_reason',
      'catch_target.decided_basis',
      'catch_target.decided_at',
    ])
    .where('catch_target.registry_id', '=', profile)
    .execute()
  const truths = await readTruth(simulator, profile)
  const ends: Record<string, number> = {}
  const wrong: string[] = []
  for (const { name, state, failure_reason, decided_basis, decided_at, drop_to, grace_seconds } of rows) {
    const end = decided_at === null ? WAITING : (failure_reason ?? state)
    ends[end] = (ends[end] ?? 0) + 1
    const truth = truths.get(name)
    const lateFrom = new Date(drop_to.getTime() + grace_seconds * 1_000)
    if (truth === undefined || !agrees(end, truth, decided_basis === 'presumed', lateFrom))
      wrong.push(
        `${name} ended as ${end} (${decided_basis}), and is ${truth?.kind} of ${truth?.winner?.clID}`,
      )
  }
  const { accounts } = JSON.parse(await simulator.get(profile, 'violations')) as { accounts: readonly Use[] }
  const ours = accounts.find(({ clid }) => clid === 'droplock')
  if (ours === undefined) throw new Error(`${profile} does not know us`)
  const violations = Object.entries(ours.violations)
    .filter(([rule, count]) => count > 0 && rule !== ASKED_ONCE[profile])
    .map(([rule, count]) => `${rule} broken ${count}×`)
  const { wrong: wrongRenewals, ...renewals } = await countRenewals(ground, simulator, profile)
  wrong.push(...wrongRenewals, ...(await wrongContacts(ground.buyer, simulator, profile)))
  return { profile, names: rows.length, ends, ...renewals, wrong, violations, ...ours.used, faults }
}

/**
 * A name that nobody registered was missed, or ended by its kind. If the registry hides others' names, a loss is presumed. A name that
 * another registered after window and grace, on a slow machine, was missed by us (rule 11).
 */
function agrees(end: string, { kind, winner }: NameTruth, isPresumed: boolean, lateFrom: Date): boolean {
  if (winner !== null && end === 'missed')
    return winner.clID !== 'droplock' && Date.parse(winner.crDate) > lateFrom.getTime()
  if (winner !== null) return end === (winner.clID === 'droplock' ? 'successful' : 'lost')
  if (end === WAITING) return true
  if (isPresumed) return end === 'lost' || end === 'missed'
  return end === 'missed' || end === kind
}
