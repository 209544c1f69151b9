import { parseArgs } from 'node:util'
import { reporter } from '@droplock/core/bench/support/measure'
import type { Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import type { LanePlan, Sender } from './catch/lane.ts'
import type { Result } from './catch/measure.ts'
import { reportLane } from './catch/report-lane.ts'
import { runRound } from './catch/run-round.ts'
import { isScenarioName, type ScenarioName, scenarioNames, scenarios, usualNames } from './catch/scenarios.ts'
import { runDrift } from './drift/run-drift.ts'

// `npm run bench -- catch`: the catcher against three rivals of equal means, over TLS, all in processes of their own, through a proxy
// that is as far away as a registry. What is counted is what the simulated registry says. Beside the catcher, at a registry with the
// same draws, a plain loop uses our account: the baseline. An excess is what a first create was later than that of somebody who knows
// every release and has the same limits at the round trip that was measured.
// The cases of `npm run bench -- drift` come last: the share of first creates within a second of the release.
// Arguments: the database's URL; --only SCENARIO (also several, with commas), --rounds N, --seed N, --rtt 1,40,
// --early SECONDS (how long before the drop rivals start), --senders catcher,loop,ordered,timed. Scenarios of timed rivals run only when named.

/** The registries that are off their schedule, of the bench of that name. */
const DRIFT = 'drift'
const DRIFT_NAMES = 100

const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    only: { type: 'string', default: [...usualNames, DRIFT].join(',') },
    rounds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    rtt: { type: 'string', default: '1,40' },
    early: { type: 'string', default: '60' },
    senders: { type: 'string', default: 'catcher,loop' },
  },
})
const url = process.argv[2] ?? ''
const report = reporter('catch')
const wanted = options.only.split(',')
const all = [...scenarioNames, DRIFT]
const unknown = wanted.find((name) => !all.includes(name))
if (unknown !== undefined) throw new Error(`no scenario ${unknown}; there are ${all.join(', ')}`)
const roundTrips = options.rtt.split(',').map(Number)
const senders = options.senders.split(',') as Sender[]

await migrate(url)
const db = openDatabase({ url, connectionsMax: 8, applicationName: 'bench-catch' })
try {
  for (const name of wanted.filter(isScenarioName))
    await runScenario({ db, newId }, name).catch((error: unknown) => {
      // The machine was too busy for one scenario; the others are run.
      console.error(`${name}: ${String(error)}`)
      process.exitCode = 1
    })
  if (wanted.includes(DRIFT)) await runDriftCases({ db, newId })
} finally {
  await db.destroy()
}

async function runScenario(ctx: Context, name: ScenarioName): Promise<void> {
  const lanes = roundTrips.flatMap((roundTripMs) => senders.map((sender) => ({ roundTripMs, sender })))
  const rounds: (readonly Result[])[] = []
  while (rounds.length < Number(options.rounds)) {
    const seed = Number(options.seed) + rounds.length
    const plans = lanes.map((lane): LanePlan => {
      const id = `s${scenarioNames.indexOf(name)}d${lane.roundTripMs}r${seed}`
      return { ...lane, id, scenario: scenarios[name], seed }
    })
    const earlyMs = 1_000 * Number(options.early)
    rounds.push(await runRound(ctx, { lanes: plans, databaseUrl: url, earlyMs }))
  }
  const shares = lanes.map((lane, index) => ({
    ...lane,
    share: reportLane(
      report,
      name,
      lane,
      rounds.flatMap((round) => round[index] ?? []),
    ),
  }))
  for (const ours of shares.filter(({ sender }) => sender === 'catcher')) {
    const loop = shares.find(
      ({ sender, roundTripMs }) => sender === 'loop' && roundTripMs === ours.roundTripMs,
    )
    if (loop !== undefined)
      report(
        `${name}_${ours.roundTripMs}ms_catcher_to_loop`,
        ours.share / Math.max(loop.share, 0.01),
        'ratio',
      )
  }
}

/** How many first creates arrive within a second of the release where submissions may follow, of those that could. */
async function runDriftCases(ctx: Context): Promise<void> {
  for (const { run, soon, soonMax } of await runDrift(ctx, url, DRIFT_NAMES)) {
    if (!run.follows) continue
    report(`drift_${run.scenario}_first_create_within_1s_share`, soon / DRIFT_NAMES, 'share')
    report(`drift_${run.scenario}_bound_share`, soonMax / DRIFT_NAMES, 'share')
    report(`drift_${run.scenario}_of_bound`, soon / Math.max(1, soonMax), 'ratio', { min: 0.99 })
  }
}
