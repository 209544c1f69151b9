import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { FakeProvider } from '../../../../../packages/core/test/support/fake-provider.ts'
import type { NameTruth } from '../../../../registry-sim/src/registry/truth.ts'
import { addSecondAccount, SECOND, twoAccounts } from '../../support/second-account.ts'
import { mountSmallDisk } from '../../support/small-disk.ts'
import {
  ACCOUNT,
  givenBuyer,
  SESSIONS_MAX,
  startTestbed,
  type Testbed,
  TRANSIT_MS_MAX,
} from '../../support/testbed.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { createCatchers, diskOf, LEASE_MS } from './catchers.ts'
import { type Burst, drawBurst } from './draw-names.ts'
import { type Injected, inject, type Stage } from './inject.ts'
import { judgeBooks } from './judge-books.ts'
import { isOurs, judgeOutcomes } from './judge-outcomes.ts'
import { judgeSending, type Sending } from './judge-sending.ts'
import { armBurst, GRACE_SECONDS, LATE_SECONDS, orderBurst } from './order-burst.ts'
import type { OwnPostgres, Servers } from './own-postgres.ts'
import { isRestarted, type Trial } from './trial.ts'
import { type LeaseWatch, watchLeases } from './watch-leases.ts'

/** Of each account; a settling burst has more, so that hundreds of names are decided in a second. */
const COMMANDS_PER_SECOND = 80
const SETTLING = { sessionsMax: 8, commandsPerSecondMax: 400 } as const

/** The period of applications, hours at a registry. */
const AWARD_SECONDS = 12

/** An account without sessions counts as silent after a minute, and what only it could know is asked once more then. */
const DECIDED_MS_MAX = 180_000

/** What had happened when the fault was injected. */
type Moment = {
  readonly afterFirstCreateMs: number
  readonly tried: number
  readonly released: number
  readonly untried: number
  readonly of: number
}

export type TrialResult = Pick<Trial, 'fault' | 'variant' | 'run' | 'seed' | 'release'> & {
  readonly moment?: Moment
  readonly ends?: Readonly<Record<string, number>>
  readonly awayMs?: number
  readonly sending?: Omit<Sending, 'wrong'>
  readonly wrong: readonly string[]
}

/** Runs one burst with its fault, and compares everything with the registry's truth. What goes wrong is in the result. Never rejects. */
export async function runTrial(trial: Trial, servers: Servers): Promise<TrialResult> {
  const { fault, variant, run, seed, release } = trial
  const about = { fault, variant, run, seed, release }
  const work = async (server?: OwnPostgres) => ({ ...about, ...(await runOn(trial, server)) })
  try {
    return fault === 'database_1s' || fault === 'database_10s' ? await servers.with(work) : await work()
  } catch (error) {
    return { ...about, wrong: [`it failed: ${error instanceof Error ? error.stack : String(error)}`] }
  }
}

async function runOn(
  trial: Trial,
  postgres: OwnPostgres | undefined,
): Promise<Omit<TrialResult, keyof Trial>> {
  const testbed = await openTestbed(trial, postgres)
  const catchers = createCatchers(testbed)
  const leases = watchLeases(testbed, LEASE_MS)
  const disk = trial.variant.startsWith('full') ? mountSmallDisk(diskOf(testbed, 'one')) : undefined
  try {
    const active = await startCatchers(trial, testbed, catchers)
    const result = await runBurst({ trial, testbed, catchers, active, leases, postgres, disk })
    if (result.wrong.length === 0) return result
    return { ...result, wrong: [...result.wrong, `the logs are in ${keepLogs(catchers.logs())}`] }
  } catch (error) {
    console.error(`the logs are in ${keepLogs(catchers.logs())}`)
    throw error
  } finally {
    catchers.abandon()
    await leases.stop()
    disk?.unmount()
    await testbed.end()
  }
}

function keepLogs(logs: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'droplock-dropday-'))
  writeFileSync(join(folder, 'catchers.log'), logs)
  return folder
}

async function openTestbed(trial: Trial, postgres: OwnPostgres | undefined): Promise<Testbed> {
  const { fault, variant, release, run } = trial
  const limits = limitsOf(trial)
  // What the contract allows beyond what we use: a successor need not wait for the sessions of a stopped process.
  const allowed = { ...limits, sessionsMax: (variant === 'sessions_free' ? 2 : 1) * limits.sessionsMax }
  const accounts = twoAccounts.map((account) => ({ ...account, limits: allowed }))
  const { profile, registry, zone } = releases[release]
  const testbed = await startTestbed(
    { ...registry, accounts, rivals: [] },
    { lateSeconds: LATE_SECONDS, graceSeconds: GRACE_SECONDS, ...zone },
    { profile, limits: { ...limits, transitMsMax: TRANSIT_MS_MAX } },
    () => cloneDatabase({ connectionsMax: 10, ...(postgres && { of: postgres.template }) }),
  )
  // As fast as the first, or slower.
  const commandsPerSecondMax = run % 2 === 0 ? limits.commandsPerSecondMax : limits.commandsPerSecondMax / 4
  const { sessionsMax } = limits
  if (fault === 'account_locked')
    await addSecondAccount(testbed, commandsPerSecondMax, {
      profile,
      sessionsMax,
      transitMsMax: TRANSIT_MS_MAX,
    })
  return testbed
}

/** The registry and our zone, by how names are released. */
const releases = {
  exact: { profile: 'generic', registry: { release: 'exact' }, zone: { release: 'exact_instant' } },
  daily: { profile: 'generic', registry: { release: 'daily' }, zone: { release: 'daily_batch' } },
  applications: {
    profile: 'dropzone-like',
    registry: { profile: 'dropzone-like', dropPort: 0, dropzone: { periodMs: 1_000 * AWARD_SECONDS } },
    zone: { release: 'applications', graceSeconds: GRACE_SECONDS + AWARD_SECONDS },
  },
} as const

/** A registry with separate hosts for the drop has sessions at both. */
function limitsOf({ fault, release }: Trial): {
  readonly sessionsMax: number
  readonly commandsPerSecondMax: number
} {
  if (fault === 'kill9_settling') return SETTLING
  const sessionsMax = (release === 'applications' ? 2 : 1) * SESSIONS_MAX
  return { sessionsMax, commandsPerSecondMax: COMMANDS_PER_SECOND }
}

/** Starts the active catcher, and then the others. Of two accounts the first is the one that is locked. */
async function startCatchers({ fault, variant }: Trial, testbed: Testbed, catchers: Stage['catchers']) {
  const accounts = variant.endsWith('one_process') ? [ACCOUNT, SECOND.id] : [ACCOUNT]
  const active = catchers.start('one', accounts)
  await waitUntil('the accounts are driven', () => areDriven(testbed, accounts))
  if (variant.endsWith('two_processes')) {
    catchers.start('two', [SECOND.id])
    await waitUntil('both accounts are driven', () => areDriven(testbed, [SECOND.id]))
  }
  if (hasStandby({ fault, variant })) catchers.start('two')
  return active
}

/** On a host of its own, with a journal of its own. Without a standby the process is started again, on the same disk. */
function hasStandby({ fault, variant }: Pick<Trial, 'fault' | 'variant'>): boolean {
  return fault !== 'account_locked' && !isRestarted(variant)
}

async function areDriven({ clone }: Testbed, ids: readonly string[]): Promise<boolean> {
  const rows = await clone.db
    .selectFrom('registry_account')
    .select('id')
    .where('id', 'in', [...ids])
    .where('driven_epoch', 'is not', null)
    .execute()
  return rows.length === ids.length
}

async function runBurst(stage: Stage) {
  const { trial, testbed, catchers, leases } = stage
  const burst = drawBurst(trial)
  const provider = new FakeProvider()
  const orderedFromMs = performance.now()
  const buyers = { byBalance: testbed.buyer, byCard: await givenBuyer(testbed.buyer) }
  await orderBurst(testbed, burst, buyers, provider)
  const startMs = await armBurst(testbed, trial, burst, performance.now() - orderedFromMs)
  const moment = await reachMoment(stage, burst, startMs)
  const injected = await inject(stage)
  await waitUntil('every order is decided', () => isAllDecided(testbed), DECIDED_MS_MAX).catch(
    async (error) => {
      throw new Error(`undecided: ${JSON.stringify(await undecided(testbed))}`, { cause: error })
    },
  )
  const wrong = await wrongAlarm(trial, testbed)
  wrong.push(...(await catchers.end()))
  return { moment, ...(await judge(stage, provider, leases, injected, wrong)) }
}

async function judge(
  stage: Stage,
  provider: FakeProvider,
  leases: LeaseWatch,
  injected: Injected,
  before: readonly string[],
) {
  const { trial, testbed } = stage
  const { ends, wrong: outcomes } = await judgeOutcomes(testbed)
  const { wrong: sent, ...sending } = await judgeSending(testbed, trial, leases, injected)
  const books = await judgeBooks(testbed, provider)
  const { awayMs } = injected
  return {
    ends,
    ...(awayMs !== undefined && { awayMs }),
    sending,
    wrong: [...before, ...outcomes, ...sent, ...books],
  }
}

/** Waits for the moment of the fault: a part of the time from our first create to the last release, or of the outcomes. */
async function reachMoment({ trial, testbed }: Stage, burst: Burst, startMs: number): Promise<Moment> {
  await waitUntil('the first create has arrived', async () => firstCreateMs(testbed) !== undefined)
  const firstMs = firstCreateMs(testbed) ?? startMs
  if (trial.fault === 'kill9_settling') {
    const decided = Math.ceil(trial.part * burst.names.length)
    await waitUntil('so many are decided', async () => (await countDecided(testbed)) >= decided)
  } else {
    const lastMs = startMs + burst.lastsMs
    await delay(Math.max(0, firstMs + trial.part * (lastMs - firstMs) - Date.now()))
  }
  return momentOf(testbed.simulator.truth('sim'), firstMs)
}

/** Names that were released for longer than this should have had a create of ours. */
const TRIED_WITHIN_MS = 500

const isTried = ({ arrivals }: NameTruth) => arrivals.some(({ clID }) => isOurs(clID))

function momentOf(truths: readonly NameTruth[], firstMs: number): Moment {
  const nowMs = Date.now()
  const released = truths.filter(({ releasedAt }) => releasedAt !== null)
  const isLate = ({ releasedAt }: NameTruth) => Date.parse(releasedAt ?? '') + TRIED_WITHIN_MS < nowMs
  return {
    afterFirstCreateMs: nowMs - firstMs,
    tried: truths.filter(isTried).length,
    released: released.length,
    untried: released.filter((truth) => isLate(truth) && !isTried(truth)).length,
    of: truths.length,
  }
}

function firstCreateMs({ simulator }: Testbed): number | undefined {
  const times = simulator
    .truth('sim')
    .flatMap(({ arrivals }) => arrivals.filter(({ clID }) => isOurs(clID)).map(({ at }) => Date.parse(at)))
  return times.length === 0 ? undefined : Math.min(...times)
}

async function countDecided({ clone }: Testbed): Promise<number> {
  const rows = await clone.db
    .selectFrom('backorder')
    .select('id')
    .where('decided_at', 'is not', null)
    .execute()
  return rows.length
}

async function isAllDecided({ clone }: Testbed): Promise<boolean> {
  const left = clone.db
    .selectFrom('backorder')
    .select('id')
    .where('state', 'in', ['backordered', 'registering'])
    .limit(1)
  return (await left.execute()).length === 0
}

const ATTEMPTS_SHOWN_MAX = 60

/** What each account does about the names that have no end, and how often it asked and tried. */
async function undecided({ clone }: Testbed): Promise<readonly unknown[]> {
  const tries = await clone.db
    .selectFrom('catch_target')
    .leftJoin('target_try', 'target_id', 'catch_target.id')
    .select(['name', 'catch_target.state', 'registry_account_id', 'target_try.state as try'])
    .select(['outcome', 'basis', 'target_try.code'])
    .where('decided_at', 'is', null)
    .execute()
  const attempts = await clone.db
    .selectFrom('catch_attempt')
    .innerJoin('catch_target', 'catch_target.id', 'target_id')
    .select(['name', 'registry_account_id', 'command', 'outcome', 'catch_attempt.sent_at', 'code'])
    .where('decided_at', 'is', null)
    .orderBy('sent_at', 'desc')
    .limit(ATTEMPTS_SHOWN_MAX)
    .execute()
  return [...tries, ...attempts]
}

/** Operators are notified of a locked account, and of nothing else. */
async function wrongAlarm({ fault }: Trial, { clone }: Testbed): Promise<string[]> {
  const open = await clone.db
    .selectFrom('alarm')
    .select(['kind', 'subject'])
    .where('closed_at', 'is', null)
    .execute()
  const are = open
    .map(({ kind, subject }) => `${kind} ${subject}`)
    .toSorted()
    .join(', ')
  const should = fault === 'account_locked' ? `login_refused ${ACCOUNT}` : ''
  return are === should ? [] : [`the open alarms are: ${are || 'none'}`]
}
