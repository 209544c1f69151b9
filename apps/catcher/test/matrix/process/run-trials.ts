import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type AccountContext, asService, type Context } from '@droplock/core/context'
import { proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import type { RegistryProfileId } from '@droplock/rules/registries'
import type { RegistryOptions } from '../../../../registry-sim/src/registry/settings.ts'
import { givenOperator } from '../../support/contacts.ts'
import { endGently } from '../../support/process.ts'
import { hurry } from '../../support/renewals.ts'
import { givenBuyer, type Testbed, TRANSIT_MS_MAX, testZone } from '../../support/testbed.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { endUntilInjected, spawnCatcher } from './catcher.ts'
import { changeContacts, givenContacts } from './contacts.ts'
import { type DroppedName, loadDrop, orderDrop, planDrop } from './drop.ts'
import { countFaults, orderFaults } from './faults.ts'
import { renewCaught } from './renewals.ts'
import { readResult, type TrialResult } from './result.ts'
import { type SimulatorProcess, spawnSimulator } from './simulator.ts'
import { accountOf, timesOf, trialOf, wantsContacts } from './trial.ts'

const CLID = 'droplock'

/** Time for loading and ordering the names. */
const LOADING_MS = 15_000
const LOADING_MS_PER_NAME = 25

/** At a registry that counts by minutes, a starting catcher waits one minute, which its predecessor may have used up. */
const STARTING_MS = 75_000

/** The share of a trial in which faults are ordered, so that there are still commands for the last ones. */
const FAULTS_SHARE = 0.75

/** Time after the last window for late and ambiguous names, and for names that wait for a session. */
const DECIDING_MS_MAX = 180_000

/** Time for renewals and contacts, which are served one at a time, each with its stall. */
const SERVING_MS_MAX = 300_000

type Ground = Pick<Testbed, 'buyer' | 'clone'>

type Trials = { readonly results: readonly TrialResult[]; readonly ledger: unknown }

/**
 * Tries profiles side by side with the catcher and the simulator as processes and PostgreSQL. For `forMs` names drop at every
 * registry, each tried from long before its purge, while faults are injected. Resolves when all names are decided.
 */
export async function runTrials(profiles: readonly RegistryProfileId[], forMs: number): Promise<Trials> {
  const clone = await cloneDatabase({ connectionsMax: 10 })
  const folder = mkdtempSync(join(tmpdir(), 'droplock-trials-'))
  const processes: ChildProcess[] = []
  try {
    const simulator = await spawnSimulator(profiles.map(registryOf), join(folder, 'tls'))
    processes.push(simulator.child)
    const ctx = { db: clone.db, newId }
    for (const profile of profiles) await define(ctx, simulator, profile)
    const ground = { clone, buyer: await givenBuyer(ctx) }
    const start = (accounts: readonly RegistryProfileId[]) => {
      const catcher = spawnCatcher(clone.urls.catcher, folder, simulator.caFile, accounts)
      processes.push(catcher)
      return catcher
    }
    const catcher = start(profiles)
    const unfiled = await dropAll(ground, simulator, profiles, forMs)
    await endUntilInjected(simulator, profiles, start, catcher, forMs)
    const results: TrialResult[] = []
    for (const profile of profiles) {
      const { ordered, uninjected } = await countFaults(simulator, profile)
      const faults = { ordered, uninjected: [...uninjected, ...(unfiled.get(profile) ?? [])] }
      results.push(await readResult(ground, simulator, profile, faults))
    }
    return { results, ledger: await proveLedger(clone.db) }
  } finally {
    for (const child of processes) if (child.exitCode === null) await endGently(child)
    await clone.drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Lets the names drop while faults are injected, and renews some. When all are decided, returns the faults that were not ordered. */
async function dropAll(
  ground: Ground,
  simulator: SimulatorProcess,
  profiles: readonly RegistryProfileId[],
  forMs: number,
): Promise<ReadonlyMap<RegistryProfileId, readonly string[]>> {
  const { buyer } = ground
  const operator = await givenOperator(ground)
  const withContacts = profiles.filter(wantsContacts)
  for (const profile of withContacts) await givenContacts(operator, profile)
  const loadingMs = LOADING_MS + planDrop('generic', 0, forMs).length * profiles.length * LOADING_MS_PER_NAME
  const startMs = Date.now() + Math.max(loadingMs, profiles.includes('ee-like') ? STARTING_MS : 0)
  const drops = new Map(profiles.map((profile) => [profile, planDrop(profile, startMs, forMs)] as const))
  await prepare(buyer, simulator, drops, { startMs, forMs })
  if (Date.now() > startMs) throw new Error('ordering took longer than was planned for')
  const span = { startMs, forMs: forMs * FAULTS_SHARE }
  const decided = new AbortController()
  const striking = Promise.all([
    ...profiles.map((profile) => orderFaults(simulator, profile, span)),
    ...withContacts.map((profile) => changeContacts(operator, simulator, profile, span)),
  ])
  const renewing = Promise.all(
    profiles.map((profile) => renewCaught(ground, simulator, profile, span, decided.signal)),
  )
  await delay(startMs + forMs - Date.now())
  await striking
  await waitUntilNone('all is decided', () => undecided(buyer), DECIDING_MS_MAX)
  decided.abort()
  const unfiled = await renewing
  await waitUntilNone('all that was asked for is done', () => unserved(ground), SERVING_MS_MAX)
  return new Map(profiles.map((profile, index) => [profile, unfiled[index] ?? []]))
}

async function waitUntilNone(
  what: string,
  left: () => Promise<readonly unknown[]>,
  withinMs: number,
): Promise<void> {
  await waitUntil(what, async () => (await left()).length === 0, withinMs).catch(async (error) => {
    throw new Error(`${what}, but for ${JSON.stringify(await left())}`, { cause: error })
  })
}

/** Requests that are not done. Due times are moved instead of waited for, so that ambiguous requests are handled at once. */
async function unserved(ground: Ground): Promise<readonly unknown[]> {
  await hurry(ground)
  return ground.clone.db
    .selectFrom('registry_request')
    .select(['registry_account_id', 'kind', 'state', 'attempts', 'answer_code'])
    .where('state', '<>', 'done')
    .execute()
}

function registryOf(profile: RegistryProfileId): RegistryOptions {
  const { zones, registry } = trialOf(profile)
  const named = profile === 'generic' ? {} : { profile }
  return { id: profile, zones: [...zones], ...named, ...registry, ownShare: 0 }
}

async function define(ctx: Context, simulator: SimulatorProcess, profile: RegistryProfileId): Promise<void> {
  const trial = trialOf(profile)
  const { port = 0, dropPort } = simulator.ports.get(profile) ?? {}
  const host = '127.0.0.1'
  await defineRegistry(asService(ctx), {
    id: profile,
    profile,
    accounts: [
      {
        id: accountOf(profile),
        clid: CLID,
        hosts: [{ host, port }],
        ...(dropPort !== undefined && { dropHosts: [{ host, port: dropPort }] }),
        isSimulator: true,
        limits: { ...trial.limits, transitMsMax: TRANSIT_MS_MAX },
      },
    ],
    zones: trial.zones.map((name) => ({ ...testZone, name, ...timesOf(trial), ...trial.zone })),
  })
}

async function prepare(
  buyer: AccountContext,
  simulator: SimulatorProcess,
  drops: ReadonlyMap<RegistryProfileId, readonly DroppedName[]>,
  { startMs, forMs }: { readonly startMs: number; readonly forMs: number },
): Promise<void> {
  for (const [profile, names] of drops) {
    await loadDrop(simulator, profile, names)
    if (profile === 'nz-like') {
      // Its server is open for the trial only.
      const openMs = forMs + 60_000
      await simulator.post(profile, 'openings', { fromAt: new Date(startMs).toISOString(), openMs })
    }
    await orderDrop(buyer, profile, names)
  }
}

/** A name that waits for the next day's budget of failed creates is decided on that day. */
async function undecided({ db }: Context): Promise<readonly unknown[]> {
  return db
    .selectFrom('catch_target')
    .select(['registry_id', 'name', 'state', 'drop_to'])
    .where('decided_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('alarm')
            .innerJoin('registry_account', 'registry_account.id', 'alarm.subject')
            .select('alarm.id')
            .where('alarm.kind', '=', 'creates_exhausted')
            .where('alarm.closed_at', 'is', null)
            .whereRef('registry_account.registry_id', '=', 'catch_target.registry_id'),
        ),
      ),
    )
    .execute()
}
