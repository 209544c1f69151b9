import { setTimeout as delay } from 'node:timers/promises'
import type { RegistryProfileId } from '@droplock/rules/registries'
import { addYears } from '@droplock/rules/schedule/local-time'
import { refundsOf, renewFor } from '../../support/renewals.ts'
import type { Testbed } from '../../support/testbed.ts'
import { commandFaults, evenly, orderFault, type Span } from './faults.ts'
import { readTruth, type SimulatorProcess } from './simulator.ts'
import { accountOf } from './trial.ts'

/** Least time between renewals: while names drop, a small share of the rate is for renewals. */
const SPACING_MS_MIN = 5_000

const CHECK_MS = 250

type Ground = Pick<Testbed, 'clone' | 'buyer'>

/**
 * Renews caught names while others drop, each once and with a different fault. Returns the faults for which no
 * name was left when all were decided.
 */
export async function renewCaught(
  ground: Ground,
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  span: Span,
  allDecided: AbortSignal,
): Promise<readonly string[]> {
  const missed: string[] = []
  await evenly(commandFaults, span, SPACING_MS_MIN, async (kind) => {
    const name = await nextCaught(ground, profile, allDecided)
    if (name === undefined) return void missed.push(`${kind} on renew: no name was caught for it`)
    await orderFault(simulator, profile, { kind, commands: ['renew'], names: [name] })
    await renewFor(ground, name)
  })
  return missed
}

/** A caught name without a renewal; undefined when all are decided and there is none. */
async function nextCaught(
  { clone }: Ground,
  profile: RegistryProfileId,
  allDecided: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    const isLast = allDecided.aborted
    const found = await clone.db
      .selectFrom('registration')
      .leftJoin('renewal', 'renewal.registration_id', 'registration.id')
      .select('registration.name')
      .where('registry_account_id', '=', accountOf(profile))
      .where('renewal.id', 'is', null)
      .limit(1)
      .executeTakeFirst()
    if (found !== undefined || isLast) return found?.name
    await delay(CHECK_MS)
  }
}

type RenewalCount = {
  readonly renewed: number
  readonly refunded: number
  /** Differences from the registry, and wrong postings. */
  readonly wrong: readonly string[]
}

/** Compares every renewal with the registry's booking and with its expiry date. */
export async function countRenewals(
  ground: Ground,
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
): Promise<RenewalCount> {
  const rows = await ground.clone.db
    .selectFrom('renewal')
    .innerJoin('registration', 'registration.id', 'renewal.registration_id')
    .select(['renewal.id', 'state', 'years', 'quoted_expires_at', 'name'])
    .where('registry_account_id', '=', accountOf(profile))
    .execute()
  const truths = await readTruth(simulator, profile)
  const renewedNames = await readRenewedNames(simulator, profile)
  const wrong: string[] = []
  let renewed = 0
  for (const { id, state, years, quoted_expires_at: quoted, name } of rows) {
    const isRenewed = state === 'successful'
    if (isRenewed) renewed += 1
    const times = renewedNames.filter((each) => each === name).length
    const right = outcome(
      state,
      isRenewed ? 1 : 0,
      isRenewed ? 0 : 1,
      addYears(quoted, isRenewed ? years : 0),
    )
    const exDate = new Date(truths.get(name)?.winner?.exDate ?? 0)
    const found = outcome(state, times, await refundsOf(ground, id), exDate)
    if (found !== right || (!isRenewed && state !== 'failed')) wrong.push(`renewal of ${name}: ${found}`)
  }
  return { renewed, refunded: rows.length - renewed, wrong }
}

function outcome(state: string, times: number, refunds: number, exDate: Date): string {
  return `${state}, renewed ${times}×, refunded ${refunds}×, until ${exDate.toISOString()}`
}

/** The name of each renew that was booked. */
async function readRenewedNames(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
): Promise<readonly string[]> {
  const lines = (await simulator.get(profile, 'report.csv')).split('\n').map((line) => line.split(','))
  return lines.flatMap(([, , operation, name]) => (operation === 'renew' && name !== undefined ? [name] : []))
}
