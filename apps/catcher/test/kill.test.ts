import type { ChildProcess } from 'node:child_process'
import { listBackorders } from '@droplock/core/backorders/list'
import { proveLedger } from '@droplock/core/ledger/prove'
import { reportTrust } from '@droplock/core/testing/trust-part'
import { seededRandom } from '@droplock/rules/seeded-random'
import { afterAll, expect, test } from 'vitest'
import type { NameTruth } from '../../registry-sim/src/registry/truth.ts'
import { endGently, killHard, spawnCatcher } from './support/process.ts'
import { type DroppingName, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

/** Lanes run side by side, each with its own database, registry and catcher. `npm run trust -- kills` runs many more kills. */
const LANES = 4
const KILLS_PER_LANE = Number(process.env['DROPLOCK_KILLS_PER_LANE'] ?? '10')
const SEED = Number(process.env['DROPLOCK_KILLS_SEED'] ?? '20261124')
const KILL_MS_MAX = 60_000

/** What still runs when a lane fails or the test takes too long. */
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const catcher of running) catcher.kill('SIGKILL')
})

function start(testbed: Testbed): ChildProcess {
  const catcher = spawnCatcher(testbed)
  running.add(catcher)
  catcher.once('exit', () => running.delete(catcher))
  return catcher
}

/**
 * When the catcher is killed: as soon as it fires but before the purge; right after its first create arrived; right after
 * the registry committed its create, with the answer in flight or cut off.
 */
const moments = ['firing', 'create_arrived', 'committed', 'committed_and_cut'] as const
type Moment = (typeof moments)[number]

function drawMoment(random: () => number, kill: number): Moment {
  if (kill % 2 === 0) return random() < 0.5 ? 'committed' : 'committed_and_cut'
  return random() < 0.5 ? 'firing' : 'create_arrived'
}

/** One uncontested name, so that our create is committed; one that is lost; one that stays with its old registration. */
function drawNames(lane: number, kill: number): readonly [DroppingName, ...DroppingName[]] {
  const label = `l${lane}k${kill}`
  return [
    {
      name: `won-${label}.test`,
      kind: 'normal',
      priorClid: kill % 3 === 0 ? 'droplock' : 'registrar-12',
      rivals: [],
    },
    {
      name: `lost-${label}.test`,
      kind: 'normal',
      priorClid: 'droplock',
      rivals: [{ clid: 'rival-a', delayMs: 1 }],
    },
    { name: `kept-${label}.test`, kind: 'unreleased', priorClid: 'droplock' },
  ]
}

async function reached(testbed: Testbed, moment: Moment, name: string): Promise<boolean> {
  if (moment === 'firing') {
    const row = await testbed.clone.db
      .selectFrom('catch_target')
      .select('state')
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.state === 'firing'
  }
  const truth = truthOf(testbed, name)
  if (moment === 'create_arrived') return truth.arrivals.some((arrival) => arrival.clID === 'droplock')
  return truth.winner?.clID === 'droplock'
}

function truthOf(testbed: Testbed, name: string): NameTruth {
  const truth = testbed.simulator.truth('sim').find((each) => each.name === name)
  if (truth === undefined) throw new Error(`the simulator never held ${name}`)
  return truth
}

/** The end of the backorder by the simulator's truth about the name. */
function expected(truth: NameTruth): string {
  if (truth.winner === null) return 'missed'
  return truth.winner.clID === 'droplock' ? `successful ${truth.winner.crDate}` : 'lost'
}

async function compare(testbed: Testbed, names: readonly DroppingName[]): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const { name } of names) {
    const { items } = await listBackorders(testbed.buyer, { name, limit: 1 })
    const [backorder] = items
    const end = backorder?.failureReason ?? `${backorder?.state} ${backorder?.settledAt?.toISOString()}`
    const truth = expected(truthOf(testbed, name))
    if (end !== truth) wrong.push(`${name} ended as ${end}, and is ${truth}`)
  }
  return wrong
}

/** A kill, and what was wrong after it. */
type Kill = { readonly moment: Moment; readonly afterCommit: boolean; readonly wrong: readonly string[] }

async function runLane(lane: number): Promise<readonly Kill[]> {
  const testbed = await startTestbed()
  const random = seededRandom(SEED + lane)
  let catcher = start(testbed)
  const kills: Kill[] = []
  try {
    for (let kill = 0; kill < KILLS_PER_LANE; kill += 1) {
      const moment = drawMoment(random, kill)
      const names = drawNames(lane, kill)
      const [{ name }] = names
      if (moment === 'committed_and_cut') {
        await testbed.post('faults', { kind: 'cut_after_commit', on: 'commit', names: [name], count: 1 })
      }
      await testbed.order(names, 700 + Math.floor(random() * 300))
      await waitUntil(`${name} is ${moment}`, () => reached(testbed, moment, name))
      await killHard(catcher)
      const afterCommit = truthOf(testbed, name).winner?.clID === 'droplock'
      catcher = start(testbed)
      await waitUntil(`${name} and the other names are decided`, () => allDecided(testbed))
      kills.push({ moment, afterCommit, wrong: await compare(testbed, names) })
    }
    expect(await endGently(catcher)).toBe(0)
    await proveMoney(testbed)
  } finally {
    catcher.kill('SIGKILL')
    await testbed.end()
  }
  return kills
}

async function allDecided(testbed: Testbed): Promise<boolean> {
  const undecided = await testbed.clone.db
    .selectFrom('backorder')
    .select('id')
    .where('state', 'in', ['backordered', 'registering'])
    .execute()
  return undecided.length === 0
}

/** Every caught name is paid and no other, and no successor exceeded a limit. */
async function proveMoney(testbed: Testbed): Promise<void> {
  expect(await proveLedger(testbed.clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 0n },
    unrefundedFailures: 0,
    balanceMismatches: 0,
  })
  const refundedWins = await testbed.clone.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .innerJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .select('backorder.name')
    .where('backorder.state', '=', 'successful')
    .execute()
  expect(refundedWins).toEqual([])
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/violations`)
  expect(await answer.json()).toMatchObject({ accounts: [{ violations: { sessions: 0, rate: 0 } }, {}, {}] })
}

test('after each of many seeded kills, half of them after the commit of a create, every target is decided as the registry has it', {
  timeout: 60_000 + KILLS_PER_LANE * KILL_MS_MAX,
}, async () => {
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, lane) => runLane(lane)))
  const kills = lanes.flat()
  reportTrust({
    trust: 'kills',
    cells: moments.map((moment) => {
      const of = kills.filter((kill) => kill.moment === moment)
      return {
        fault: 'kill -9 of the catcher',
        step: moment.replaceAll('_', ' '),
        runs: of.length,
        violations: of.flatMap(({ wrong }) => wrong),
      }
    }),
    kills: kills.length,
    seed: SEED,
  })
  expect(kills.flatMap(({ wrong }) => wrong)).toEqual([])
  expect(kills.length).toBe(LANES * KILLS_PER_LANE)
  expect(kills.filter(({ afterCommit }) => afterCommit).length).toBeGreaterThanOrEqual(kills.length / 2)
})
