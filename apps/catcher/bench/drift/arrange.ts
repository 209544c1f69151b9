import { placeBackorder } from '@droplock/core/backorders/place'
import { stockAccounts } from '@droplock/core/bench/support/stock'
import { asService, type Context } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { defineRegistry } from '@droplock/core/registries/define'
import { closeDue, openDue } from '@droplock/core/schedule/steps'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import type { Simulator } from '../../../registry-sim/src/start-simulator.ts'
import { type Run, runs, scenarios } from './scenarios.ts'

/** An hour of the registries. */
export const SECONDS_PER_HOUR = 60

/** Of our account at each registry. */
export const LIMITS = { sessionsMax: 2, commandsPerSecondMax: 20 } as const

/** From the arrangement to the start of the batches: the processes have their sessions by then. */
const LEAD_SECONDS = 12
/** From the start of a batch to that of the next one. */
const NEXT_BATCH_SECONDS = 2.5 * SECONDS_PER_HOUR

/** The policy of a new zone, a sixtieth of its times; names with an exact time have a window of a minute before and five after it. */
const policy = {
  cutoffLeadSeconds: 0,
  dropLastsSeconds: SECONDS_PER_HOUR,
  earlySeconds: 1,
  lateSeconds: 5,
  graceSeconds: 48 * SECONDS_PER_HOUR,
  graceFullSeconds: SECONDS_PER_HOUR,
  graceProbeSeconds: 10,
  driftEarlierSecondsMax: SECONDS_PER_HOUR / 4,
  driftLaterSecondsMax: SECONDS_PER_HOUR,
} as const

const isMorning = new Date().getUTCHours() < 12
/** A time zone in which it is the middle of the day. */
const zoneNow = isMorning
  ? ({ dropTimeZone: 'Etc/GMT-6', hours: 6 } as const)
  : ({ dropTimeZone: 'Etc/GMT+6', hours: -6 } as const)
const localTime = (at: Date) => new Date(at.getTime() + 3_600_000 * zoneNow.hours).toISOString().slice(11, 19)

export const accountOf = ({ id }: Pick<Run, 'id'>) => `${id}/droplock`

/** Defines every registry, with batches that start at `startAt`. */
export async function defineAll(ctx: Context, simulator: Simulator, startAt = new Date()): Promise<void> {
  const nextAt = new Date(startAt.getTime() + 1_000 * NEXT_BATCH_SECONDS)
  for (const run of runs) {
    const host = simulator.registries.find(({ id }) => id === run.id)
    if (host === undefined) throw new Error(`no registry ${run.id}`)
    await defineRegistry(asService(ctx), {
      reason: 'a bench',
      id: run.id,
      profile: 'generic',
      accounts: [
        {
          id: accountOf(run),
          clid: 'droplock',
          hosts: [{ host: host.host, port: host.port }],
          isSimulator: true,
          limits: LIMITS,
        },
      ],
      zones: [
        {
          ...policy,
          ...(!run.follows && { driftEarlierSecondsMax: 0, driftLaterSecondsMax: 0 }),
          name: run.id,
          release: scenarios[run.scenario].release === 'exact' ? 'exact_instant' : 'daily_batch',
          standardFeeMinor: 800n,
          feeCurrency: 'USD',
          dropTimeZone: zoneNow.dropTimeZone,
          dropStartsAt: localTime(startAt),
          dropAlsoAt: [localTime(nextAt)],
          prices: [{ tier: 'standard', currency: 'USD', amountMinor: 1_900n }],
        },
      ],
    })
  }
}

export const nameOf = (run: Pick<Run, 'id'>, index: number) => `name-${index}.${run.id}`

/** Lists and orders the names of every registry, far from their drop. */
export async function secureNames(ctx: Context, count: number): Promise<void> {
  const [buyer] = await stockAccounts(ctx, 1)
  if (buyer === undefined) throw new Error('no buyer')
  for (const { id } of runs) {
    const names = Array.from({ length: count }, (_, index) => nameOf({ id }, index))
    const staged = await stageList(ctx, {
      registryId: id,
      source: 'bench',
      format: 'bench',
      contentSha256: () => Buffer.from(ctx.newId()),
      scope: () => ({ kind: 'increment', zones: [id] }),
      entries: entriesOf(names, id),
    })
    await publishRun(ctx, { runId: staged.id, opensAt: new Date(0) })
    while ((await openDue(ctx.db)) > 0);
    for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
  }
}

async function* entriesOf(names: readonly string[], zone: string): AsyncGenerator<DropEntry> {
  const purgeAt = new Date(Date.now() + 86_400_000)
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, name] of names.entries())
    yield { kind: 'row', line: index + 1, name, zone, purgeAt, dropDate }
}

/** Announces every drop, lets the registries do what their scenario says, and moves the names past their cut-off. */
export async function arrange(ctx: Context, simulator: Simulator, count: number): Promise<Date> {
  const startAt = new Date((Math.ceil(Date.now() / 1_000) + LEAD_SECONDS) * 1_000)
  await defineAll(ctx, simulator, startAt)
  for (const run of runs) await announce(ctx, simulator, run, count, startAt)
  while ((await closeDue(ctx)).closed > 0);
  return startAt
}

async function announce(
  ctx: Context,
  simulator: Simulator,
  run: Run,
  count: number,
  startAt: Date,
): Promise<void> {
  const { release, lateMs, growMs, skips, clockSkewMs } = scenarios[run.scenario]
  const paceMs = Math.floor((1_000 * SECONDS_PER_HOUR) / count)
  /** By the clock of the registry, as all times of lists are. */
  const expectedMs = (index: number) =>
    startAt.getTime() + clockSkewMs + (release === 'exact' ? index * paceMs : 0)
  const post = (path: string, body: unknown) =>
    postTo(`${simulator.control}/registries/${run.id}/${path}`, body)
  await post('names', {
    names: Array.from({ length: count }, (_, index) => ({
      name: nameOf(run, index),
      kind: 'normal',
      rivals: [],
      ...(release === 'exact' && {
        listedAt: new Date(expectedMs(index)).toISOString(),
        purgeAt: new Date(expectedMs(index) + lateMs + Math.round((growMs * index) / count)).toISOString(),
      }),
    })),
  })
  if (release === 'daily') {
    const pace = { paceMs, earlyMsMax: 0, driftMsMax: 0, jitterMsMax: 0, lateMs, growMs }
    const nextAt = new Date(startAt.getTime() + 1_000 * NEXT_BATCH_SECONDS)
    await post('batches', { ...pace, startAt: startAt.toISOString(), skip: skips })
    if (skips) await post('batches', { ...pace, startAt: nextAt.toISOString() })
  }
  const [beforeMs, afterMs] =
    release === 'exact'
      ? [1_000 * policy.earlySeconds, 1_000 * policy.lateSeconds]
      : [0, 1_000 * policy.dropLastsSeconds]
  const cutoff = new Date()
  // In one transaction: on a busy machine so many commits would take longer than there is time.
  await ctx.db.transaction().execute(async (tx) => {
    for (let index = 0; index < count; index += 1)
      await tx
        .updateTable('listing')
        .set({
          cutoff_at: cutoff,
          drop_from: new Date(expectedMs(index) - beforeMs),
          drop_to: new Date(expectedMs(index) + afterMs),
        })
        .where('name', '=', nameOf(run, index))
        .execute()
  })
}

async function postTo(url: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status}: ${await answer.text()}`)
}
