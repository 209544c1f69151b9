import { placeBackorder } from '@droplock/core/backorders/place'
import { stockAccounts } from '@droplock/core/bench/support/stock'
import { asService, type Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { defineRegistry } from '@droplock/core/registries/define'
import { closeDue, openDue } from '@droplock/core/schedule/steps'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import { namesFor, shuffled } from './draw-names.ts'
import { DELETED_BEFORE_MS, drawMinutes, orderOfLoading } from './draw-updates.ts'
import { accountOf, type Lane, postJson } from './lane.ts'
import { CLOCK_SKEW_MS, LIMITS, lastsMs, type Scenario, US } from './scenarios.ts'

/** The policy of our zones. A name with an exact time has a window around it; a batch may begin before it is announced. Seconds. */
const EARLY_SECONDS = 1
const LATE_SECONDS = 5
const BATCH_EARLY_SECONDS = 2

const releases = { exact: 'exact_instant', daily: 'daily_batch', random: 'random_in_window' } as const

/** A time zone in which it is the middle of the day. */
const isMorning = new Date().getUTCHours() < 12
const zoneNow = isMorning
  ? ({ dropTimeZone: 'Etc/GMT-6', hours: 6 } as const)
  : ({ dropTimeZone: 'Etc/GMT+6', hours: -6 } as const)
const localTime = (atMs: number) => new Date(atMs + 3_600_000 * zoneNow.hours).toISOString().slice(11, 19)

/** Defines our account and zone at the registry of a lane, whose names drop from `startMs` on, by the registry's clock. */
async function define(ctx: Context, lane: Lane, startMs: number): Promise<void> {
  const { id, scenario, port } = lane
  await defineRegistry(asService(ctx), {
    reason: 'a bench',
    id,
    profile: 'generic',
    accounts: [
      {
        id: accountOf(lane),
        clid: US,
        hosts: [{ host: '127.0.0.1', port }],
        isSimulator: true,
        limits: LIMITS,
      },
    ],
    zones: [
      {
        name: id,
        release: releases[scenario.release],
        standardFeeMinor: 800n,
        feeCurrency: 'USD',
        cutoffLeadSeconds: 0,
        dropTimeZone: zoneNow.dropTimeZone,
        dropStartsAt: localTime(startMs - 1_000 * BATCH_EARLY_SECONDS),
        dropLastsSeconds: BATCH_EARLY_SECONDS + Math.ceil(lastsMs(scenario) / 1_000) + LATE_SECONDS,
        earlySeconds: EARLY_SECONDS,
        lateSeconds: LATE_SECONDS,
        graceSeconds: 600,
        prices: [{ tier: 'standard', currency: 'USD', amountMinor: 1_900n }],
      },
    ],
  })
}

/** Defines the registry, lists what drops and orders the names that we want, far from their drop. The order of ordering is not that of release. */
export async function secureNames(ctx: Context, lane: Lane): Promise<void> {
  await define(ctx, lane, Date.now())
  const [buyer] = await stockAccounts(ctx, 1)
  if (buyer === undefined) throw new Error('no buyer')
  const names = shuffled(namesFor(lane.names, US), lane.seed, 'orders')
  const staged = await stageList(ctx, {
    registryId: lane.id,
    source: 'bench',
    format: 'bench',
    contentSha256: () => Buffer.from(ctx.newId()),
    scope: () => ({ kind: 'increment', zones: [lane.id] }),
    entries: entriesOf(
      lane.names.map(({ label }) => label),
      lane.id,
    ),
  })
  await publishRun(ctx, { runId: staged.id, opensAt: new Date(0) })
  while ((await openDue(ctx.db)) > 0);
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
}

async function* entriesOf(names: readonly string[], zone: string): AsyncGenerator<DropEntry> {
  const purgeAt = new Date(Date.now() + 86_400_000)
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, name] of names.entries())
    yield { kind: 'row', line: index + 1, name, zone, purgeAt, dropDate }
}

/** When each name is announced to be released, by the registry's clock. */
function announcedMs({ release, paceMs }: Scenario, startMs: number, index: number): number {
  return release === 'exact' ? startMs + index * paceMs : startMs
}

/** Has the registry announce the drop of all names from `startMs` on, by its clock. */
export async function announce({ scenario, names, url, seed }: Lane, startMs: number): Promise<void> {
  const { release, paceMs, jitterMs, startEarlyMs, startLateMs } = scenario
  const isDaily = release === 'daily'
  const minutes = drawMinutes(names.length, seed)
  await postJson(`${url}/names`, {
    names: orderOfLoading(minutes, seed).map((index) => ({
      name: names[index]?.label,
      kind: 'normal',
      rivals: [],
      priorClid: 'registrar-12',
      updatedAt: iso(
        Math.floor(startMs / 60_000) * 60_000 - DELETED_BEFORE_MS + 60_000 * (minutes[index] ?? 0),
      ),
      ...(!isDaily && { purgeAt: iso(announcedMs(scenario, startMs, index)) }),
    })),
  })
  if (!isDaily) return
  await postJson(`${url}/batches`, {
    startAt: iso(startMs),
    paceMs,
    jitterMsMax: jitterMs,
    earlyMsMax: startEarlyMs,
    driftMsMax: startLateMs,
  })
}

const iso = (atMs: number) => new Date(atMs).toISOString()

/** Moves the names past their cut-off, with the windows that our policy gives them. Returns when the first one begins, registry clock. */
export async function arm(ctx: Context, lane: Lane, startMs: number): Promise<number> {
  const { scenario, names } = lane
  await define(ctx, lane, startMs)
  const isExact = scenario.release === 'exact'
  const [beforeMs, afterMs] = isExact
    ? [1_000 * EARLY_SECONDS, 1_000 * LATE_SECONDS]
    : [1_000 * BATCH_EARLY_SECONDS, 1_000 * (Math.ceil(lastsMs(scenario) / 1_000) + LATE_SECONDS)]
  const all = names.map(({ label, wantedBy }, index) => ({ label, wantedBy, index }))
  const ours = all.filter(({ wantedBy }) => wantedBy.includes(US))
  const cutoff = new Date()
  await ctx.db.transaction().execute(async (tx) => {
    for (const { label, index } of all) {
      const atMs = announcedMs(scenario, startMs, index)
      await tx
        .updateTable('listing')
        .set({ cutoff_at: cutoff, drop_from: new Date(atMs - beforeMs), drop_to: new Date(atMs + afterMs) })
        .where('name', '=', label)
        .execute()
    }
  })
  while ((await closeDue(ctx)).closed > 0);
  return Math.min(...ours.map(({ index }) => announcedMs(scenario, startMs, index))) - beforeMs
}

export const registryNowMs = (): number => Date.now() + CLOCK_SKEW_MS
