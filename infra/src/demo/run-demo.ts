import type { Context } from '@droplock/core/context'
import { proveLedger } from '@droplock/core/ledger/prove'
import { createClient, type Schema } from '@droplock/sdk/client'
import { type Environment, startEnvironment } from '../environment/environment.ts'
import { type Simulator, simulatorAt } from '../environment/simulator.ts'
import { listFolder } from '../environment/specs.ts'
import type { Output } from '../launch/output.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { polishZones } from '../seed/zones.ts'
import { hasUndecided, readBackorder } from './backorders.ts'
import { type ListFile, type ReadLists, readLists, writeLists } from './lists.ts'
import { type Layout, layOut, registryIds, type Schedule, schedule } from './plan.ts'
import { type Attempt, race, raceOrder } from './race.ts'
import { type Amounts, brokenInvariants, countResults, failedPrices, type Summary } from './result.ts'
import {
  dailyTiming,
  durationMsMax,
  exactTiming,
  firstDropMs,
  limits,
  namesMax,
  pace,
  perOutcomeMin,
  requestsAtOnce,
} from './settings.ts'

type Result = { readonly summary: Summary; readonly broken: readonly string[] }

/** Away from the ports of `npm start`, so that both may run. */
const FIRST_PORT = 18_700
/** Beyond these something is wrong, not slow. */
const PUBLISHED_MS_MAX = 60_000
const DECIDED_MS_MAX = 60_000

/** The main job once, from drop lists to settled money. Rejects when a step does not happen in time, or `stop` aborts. */
export async function runDemo(
  files: readonly ListFile[],
  output: Output,
  stop: AbortSignal,
): Promise<Result> {
  const { say } = output
  const lists = await readLists(files, new Set(polishZones().map(({ name }) => name)))
  const layout = layOut(lists)
  say(`${files.length} drop list(s): ${lists.rows.length} names, ${lists.rejects.length} rejected lines`)
  say('starting the database, the simulated registries, the gateway, the worker and the catcher')
  await using environment = await startEnvironment(planOf(layout), output, stop)
  const simulator = simulatorAt(environment.urlOf('registry-sim'))
  const run = { environment, simulator, lists, layout, say, stop }
  return await Promise.race([perform(run), environment.failed])
}

function planOf(layout: Layout) {
  return {
    name: 'demo',
    firstPort: FIRST_PORT,
    registries: registryIds.map((id) => ({
      id,
      release: id,
      ...limits,
      zones: layout.shares[id],
      timing: id === 'exact' ? exactTiming : dailyTiming(layout.batchMax),
    })),
    apps: { 'registry-sim': {}, gateway: {}, worker: {}, catcher: {} },
  }
}

/** What every step is given. */
type Run = {
  readonly environment: Environment
  readonly simulator: Simulator
  readonly lists: ReadLists
  readonly layout: Layout
  readonly say: (line: string) => void
  readonly stop: AbortSignal
}

async function perform(run: Run): Promise<Result> {
  const plan = schedule(run.lists, run.layout, new Date(Date.now() + firstDropMs(performance.now())))
  await loadRegistries(run, plan)
  await publish(run, plan)
  const answers = await order(run, plan)
  await waitForDecisions(run, plan)
  return await judge(run, plan, answers)
}

/** Has the simulated registries delete the chosen names, each at its time and with its ending. */
async function loadRegistries({ simulator, layout }: Run, { chosen }: Schedule): Promise<void> {
  for (const id of registryIds) {
    const names = chosen.filter(({ zone }) => layout.registryOf(zone) === id)
    await simulator.load(id, names, id === 'daily')
    if (id !== 'daily') continue
    for (const batch of Map.groupBy(names, ({ day }) => day).values())
      await simulator.schedule(id, batch, pace)
  }
}

async function publish({ environment, lists, say, stop }: Run, { rows }: Schedule): Promise<void> {
  const { ctx, folder } = environment
  const rejects = { exact: lists.rejects, daily: [] }
  const counts = registryIds.map((id) => writeLists(listFolder(folder, id), rows[id], rejects[id]))
  const written = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  await waitUntil(`the publication of ${written} lists`, PUBLISHED_MS_MAX, stop, async () => {
    const { listsPublished } = await readFeedFigures(ctx)
    return listsPublished === written
  })
  const { feed_rows, rejected, listings } = await readFeedFigures(ctx)
  say(
    `${written} lists published: ${feed_rows} rows, ${rejected} rejected, ${listings} listings open for orders`,
  )
}

/** What the service made of the lists: the published sync runs, added up. */
async function readFeedFigures({ db }: Context) {
  const runs = await db
    .selectFrom('sync_run')
    .select(['rows_read', 'rows_rejected', 'listings_added'])
    .where('state', '=', 'published')
    .execute()
  return {
    listsPublished: runs.length,
    feed_rows: runs.reduce((sum, run) => sum + run.rows_read, 0),
    rejected: runs.reduce((sum, run) => sum + run.rows_rejected, 0),
    listings: runs.reduce((sum, run) => sum + (run.listings_added ?? 0), 0),
  }
}

async function order({ environment, say, stop }: Run, { chosen }: Schedule) {
  const { resellers } = environment
  const names = chosen.map(({ name }) => name)
  say(`${resellers.length} resellers race for the same ${names.length} names`)
  const orders = resellers.map(({ apiKey }, index) => ({
    gateway: environment.urlOf('gateway'),
    apiKey,
    names: raceOrder(names, index, resellers.length),
    atOnce: requestsAtOnce,
  }))
  const answers = await race(orders, stop)
  for (const [index, { name, currency }] of resellers.entries()) {
    const won = answers[index]?.filter(({ status }) => status === 201).length
    say(`  ${name} (${currency}) holds ${won}`)
  }
  return answers
}

async function waitForDecisions(run: Run, { chosen }: Schedule): Promise<void> {
  const { layout, say, stop } = run
  const first = chosen[0]
  const last = chosen.at(-1)
  if (first === undefined || last === undefined) return
  const clients = clientsOf(run)
  const days = last.day + 1
  let dayShown = 0
  const msMax = last.purgeAt.getTime() - Date.now() + DECIDED_MS_MAX
  await waitUntil('the decision of every name', msMax, stop, async () => {
    const dayNow = Math.ceil((Date.now() - first.purgeAt.getTime()) / layout.dayMs)
    if (dayNow > dayShown && dayShown < days) {
      dayShown = Math.min(dayNow, days)
      say(`day ${dayShown} of ${days}: names drop`)
    }
    return !(await Promise.all(clients.map(hasUndecided))).includes(true)
  })
  say('every name is decided')
}

const clientsOf = ({ environment }: Run) =>
  environment.resellers.map(({ apiKey }) => createClient({ baseUrl: environment.urlOf('gateway'), apiKey }))

async function judge(
  run: Run,
  { chosen }: Schedule,
  answers: readonly (readonly Attempt[])[],
): Promise<Result> {
  const { environment, simulator } = run
  const backorders = await readBackorders(run, answers)
  const truth = (await Promise.all(registryIds.map((id) => simulator.truth(id)))).flat()
  const violations = await Promise.all(registryIds.map((id) => simulator.violations(id)))
  const { feed_rows, rejected, listings } = await readFeedFigures(environment.ctx)
  const ledger = await proveLedger(environment.ctx.db)
  const summary: Summary = {
    feed_rows,
    rejected,
    listings,
    ...countResults({ attempts: answers.flat(), backorders, truth }),
    escrow_minor: toNumbers(ledger.escrowMinor),
    ledger_sum_minor: toNumbers(ledger.ledgerSumMinor),
    limit_violations: violations.reduce((sum, count) => sum + count, 0),
    duration_ms: Math.round(performance.now()),
  }
  const expected = {
    names: chosen.length,
    resellers: environment.resellers.length,
    perOutcomeMin: Math.floor((perOutcomeMin * chosen.length) / namesMax),
    failedPriceMinor: failedPrices(backorders),
    durationMsMax,
  }
  return { summary, broken: brokenInvariants(summary, expected) }
}

/** Every backorder as its reseller sees it now; of each reseller one after the other. */
async function readBackorders(
  run: Run,
  answers: readonly (readonly Attempt[])[],
): Promise<readonly Schema<'BackorderDetail'>[]> {
  const read = clientsOf(run).map(async (client, index) => {
    const backorders: Schema<'BackorderDetail'>[] = []
    for (const { id } of answers[index] ?? [])
      if (id !== undefined) backorders.push(await readBackorder(client, id))
    return backorders
  })
  return (await Promise.all(read)).flat()
}

/** The demo's sums are far below 2⁵³. */
function toNumbers(amounts: Readonly<Record<string, bigint>>): Amounts {
  return Object.fromEntries(Object.entries(amounts).map(([currency, amount]) => [currency, Number(amount)]))
}
