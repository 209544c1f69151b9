import { between, stream } from '../random.ts'
import type { NameRecord } from './records.ts'
import type { Registry } from './registry.ts'
import { scheduleRelease } from './schedule-release.ts'
import type { Pace } from './settings.ts'

type Batch = {
  readonly listedAtMs: number
  readonly startsAtMs: number
  readonly endsAtMs: number
  /** In the order of release. */
  readonly names: readonly string[]
}

/** How the batch of one day runs. `skip`: it is announced but nothing is released, and its names wait for another batch. */
type BatchPlan = Pace & {
  readonly skip?: boolean | undefined
  /** It begins exactly this much later than announced, besides what is drawn. */
  readonly lateMs?: number | undefined
  /** It becomes slower: the last name is this much later than by the pace, the others in proportion. */
  readonly growMs?: number | undefined
}

type BatchRefusal = 'not_a_daily_registry' | 'batch_in_the_past' | 'nothing_waits'

/** The predictable order: last update, then ROID. */
function byUpdateThenRoid(a: NameRecord, b: NameRecord): number {
  const difference = (a.prior?.upDateMs ?? 0) - (b.prior?.upDateMs ?? 0)
  if (difference !== 0) return difference
  return (a.prior?.roid ?? '') < (b.prior?.roid ?? '') ? -1 : 1
}

/** In the order of release. A drawn order depends on the seed and the names only. */
function inOrder({ seed, settings }: Registry, records: readonly NameRecord[]): readonly NameRecord[] {
  if (settings.batchOrder === 'update') return records.toSorted(byUpdateThenRoid)
  const draw = ({ name }: NameRecord) => stream(seed, settings.id, 'batch-order', name)()
  return records
    .map((record) => ({ record, drawn: draw(record) }))
    .toSorted((one, other) => one.drawn - other.drawn)
    .map(({ record }) => record)
}

/**
 * Schedules a daily batch of every waiting name (or of `only` these). The list contains the announced start. The batch
 * begins up to `earlyMsMax` early or `driftMsMax` late, but never in the past. Each step is off by ± `jitterMsMax`, which adds
 */
export function scheduleBatch(
  registry: Registry,
  announcedMs: number,
  nowMs: number,
  pace: BatchPlan,
  only?: ReadonlySet<string>,
): Batch | BatchRefusal {
  if (registry.settings.release !== 'daily') return 'not_a_daily_registry'
  if (announcedMs < nowMs) return 'batch_in_the_past'
  const records = inOrder(
    registry,
    [...registry.waiting.keys()].filter(
      (record) => record.stage === 'pending' && (only?.has(record.name) ?? true),
    ),
  )
  if (records.length === 0) return 'nothing_waits'
  registry.batches += 1
  const random = stream(registry.seed, registry.settings.id, 'batch', String(registry.batches))
  const { lateMs = 0, growMs = 0 } = pace
  const drawnMs = between(random, -(pace.earlyMsMax ?? 0), pace.driftMsMax)
  const startsAtMs = Math.max(nowMs, announcedMs + lateMs + drawnMs)
  const slowerMs = records.length > 1 ? growMs / (records.length - 1) : 0
  let atMs = startsAtMs
  for (const [index, record] of records.entries()) {
    if (index > 0)
      atMs += Math.max(0, pace.paceMs + slowerMs + between(random, -pace.jitterMsMax, pace.jitterMsMax))
    record.listedPurgeAtMs = announcedMs
    if (pace.skip) continue
    scheduleRelease(registry, record, Math.round(atMs), nowMs, registry.waiting.get(record) ?? {})
    registry.waiting.delete(record)
  }
  return {
    listedAtMs: announcedMs,
    startsAtMs,
    endsAtMs: Math.round(atMs),
    names: records.map((record) => record.name),
  }
}

/**
 * All names that were listed for a drop in their current life, in the order in which they are released, as a registrar could derive it
 * from update times and ROIDs. It says nothing of when, nor of what is released already.
 */
export function orderOfRelease({ settings, names }: Registry): readonly string[] | 'order_not_known' {
  const listed = [...names.values()].filter(({ listedPurgeAtMs }) => listedPurgeAtMs !== undefined)
  const isDaily = settings.release === 'daily'
  if (settings.release === 'random' || (isDaily && settings.batchOrder === 'drawn')) return 'order_not_known'
  const byListing = (one: NameRecord, other: NameRecord) =>
    (one.listedPurgeAtMs ?? 0) - (other.listedPurgeAtMs ?? 0) || (isDaily ? byUpdateThenRoid(one, other) : 0)
  return listed.toSorted(byListing).map(({ name }) => name)
}
