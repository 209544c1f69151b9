import { proveLedger } from '@droplock/core/ledger/prove'
import { simulatorAt } from '../environment/simulator.ts'
import type { Output } from '../launch/output.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { polishZones } from '../seed/zones.ts'
import { feedFolder } from './configure-apps.ts'
import { readFeedFigures } from './feed-figures.ts'
import { type Backorder, resellerAt } from './gateway.ts'
import { type ListFile, type ReadLists, readLists, writeLists } from './lists.ts'
import { type Layout, layOut, registryIds, type Schedule, schedule } from './plan.ts'
import { type Attempt, race, raceOrder } from './race.ts'
import { type Amounts, brokenInvariants, countResults, failedPrices, type Summary } from './result.ts'
import { durationMsMax, firstDropMs, namesMax, pace, perOutcomeMin, requestsAtOnce } from './settings.ts'
import { type Stage, setStage } from './stage.ts'

export type Result = { readonly summary: Summary; readonly broken: readonly string[] }

/** What the demo tells a person while it runs. */
type Say = (line: string) => void

/** Beyond these something is wrong, not slow. */
const publishedMsMax = 20_000
const decidedMsMax = 15_000

/** The main job once, from drop lists to settled money. Rejects when a step does not come, or `stop` aborts. */
export async function runDemo(
  files: readonly ListFile[],
  say: Say,
  output: Output,
  stop: AbortSignal,
): Promise<Result> {
  const lists = await readLists(files, new Set(polishZones().map(({ name }) => name)))
  const layout = layOut(lists)
  say(`${files.length} drop list(s): ${lists.rows.length} names, ${lists.rejects.length} rejected lines`)
  say('starting the database, the simulated registries, the gateway, the worker and the catcher')
  await using stage = await setStage(layout, output, stop)
  return await Promise.race([perform({ stage, lists, layout, say, stop }), stage.failed])
}

type Play = {
  readonly stage: Stage
  readonly lists: ReadLists
  readonly layout: Layout
  readonly say: Say
  readonly stop: AbortSignal
}

async function perform(play: Play): Promise<Result> {
  const plan = schedule(play.lists, play.layout, new Date(Date.now() + firstDropMs(performance.now())))
  await loadRegistries(play, plan)
  await publish(play, plan)
  const answers = await order(play, plan)
  await untilDecided(play, plan)
  return await judge(play, plan, answers)
}

/** Tells the simulated registries which names they delete, when, and what becomes of them. */
async function loadRegistries({ stage, layout }: Play, { chosen }: Schedule): Promise<void> {
  const simulator = simulatorAt(stage.controlUrl)
  for (const id of registryIds) {
    const names = chosen.filter(({ zone }) => layout.registryOf(zone) === id)
    await simulator.load(id, names, id === 'daily')
    if (id !== 'daily') continue
    for (const batch of Map.groupBy(names, ({ day }) => day).values())
      await simulator.schedule(id, batch, pace)
  }
}

async function publish({ stage, lists, say, stop }: Play, { rows }: Schedule): Promise<void> {
  const rejects = { exact: lists.rejects, daily: [] }
  const counts = registryIds.map((id) => writeLists(feedFolder(stage.places, id), rows[id], rejects[id]))
  const written = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  await waitUntil(`the publication of ${written} lists`, publishedMsMax, stop, async () => {
    const { listsPublished } = await readFeedFigures(stage.ctx)
    return listsPublished === written
  })
  const { feed_rows, rejected, listings } = await readFeedFigures(stage.ctx)
  say(
    `${written} lists published: ${feed_rows} rows, ${rejected} rejected, ${listings} listings open for orders`,
  )
}

async function order({ stage, say, stop }: Play, { chosen }: Schedule) {
  const names = chosen.map(({ name }) => name)
  say(`${stage.resellers.length} resellers race for the same ${names.length} names`)
  const orders = stage.resellers.map(({ apiKey }, index) => ({
    gateway: stage.gatewayUrl,
    apiKey,
    names: raceOrder(names, index, stage.resellers.length),
    atOnce: requestsAtOnce,
  }))
  const answers = await race(orders, stop)
  for (const [index, { name, currency }] of stage.resellers.entries()) {
    const won = answers[index]?.filter(({ status }) => status === 201).length
    say(`  ${name} (${currency}) holds ${won}`)
  }
  return answers
}

async function untilDecided({ stage, layout, say, stop }: Play, { chosen }: Schedule): Promise<void> {
  const first = chosen[0]
  const last = chosen.at(-1)
  if (first === undefined || last === undefined) return
  const clients = stage.resellers.map(({ apiKey }) => resellerAt(stage.gatewayUrl, apiKey))
  const days = last.day + 1
  let told = 0
  const msMax = last.purgeAt.getTime() - Date.now() + decidedMsMax
  await waitUntil('the decision of every name', msMax, stop, async () => {
    const dayNow = Math.ceil((Date.now() - first.purgeAt.getTime()) / layout.dayMs)
    if (dayNow > told && told < days) {
      told = Math.min(dayNow, days)
      say(`day ${told} of ${days}: names drop`)
    }
    const waits = await Promise.all(clients.map((client) => client.waits()))
    return !waits.includes(true)
  })
  say('every name is decided')
}

async function judge(
  play: Play,
  { chosen }: Schedule,
  answers: readonly (readonly Attempt[])[],
): Promise<Result> {
  const { stage } = play
  const simulator = simulatorAt(stage.controlUrl)
  const backorders = await readBackorders(stage, answers)
  const truth = (await Promise.all(registryIds.map((id) => simulator.truth(id)))).flat()
  const violations = await Promise.all(registryIds.map((id) => simulator.violations(id)))
  const { feed_rows, rejected, listings } = await readFeedFigures(stage.ctx)
  const ledger = await proveLedger(stage.ctx.db)
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
    resellers: stage.resellers.length,
    perOutcomeMin: Math.floor((perOutcomeMin * chosen.length) / namesMax),
    failedPriceMinor: failedPrices(backorders),
    durationMsMax,
  }
  return { summary, broken: brokenInvariants(summary, expected) }
}

/** Every order that was taken, as its reseller is told of it now; a few at a time. */
async function readBackorders(
  stage: Stage,
  answers: readonly (readonly Attempt[])[],
): Promise<readonly Backorder[]> {
  const read = stage.resellers.map(async ({ apiKey }, index) => {
    const client = resellerAt(stage.gatewayUrl, apiKey)
    const backorders: Backorder[] = []
    for (const { id } of answers[index] ?? [])
      if (id !== undefined) backorders.push(await client.backorder(id))
    return backorders
  })
  return (await Promise.all(read)).flat()
}

/** The demo's sums are far below 2⁵³. */
function toNumbers(amounts: Readonly<Record<string, bigint>>): Amounts {
  return Object.fromEntries(Object.entries(amounts).map(([currency, amount]) => [currency, Number(amount)]))
}
