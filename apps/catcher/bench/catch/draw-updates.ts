import { stream } from '../../../registry-sim/src/random.ts'
import { shuffled } from './draw-names.ts'

/** 30 days of redemption and 5 of pendingDelete. */
export const DELETED_BEFORE_MS = 35 * 86_400_000

/** Half of the names were deleted in the same minute as the one before, the others up to this much later. */
const MINUTES_MAX = 4

/**
 * The minute of each name's deletion, ascending in the order of release. The registry's job runs once a minute and deletes what is due:
 * several at a time, or none. So the minutes tell the order, but not how many names are between two.
 */
export function drawMinutes(count: number, seed: number): readonly number[] {
  const random = stream(seed, 'bench', 'minutes')
  const minutes: number[] = []
  while (minutes.length < count) {
    const later = random() < 0.5 ? 0 : Math.ceil(random() * MINUTES_MAX)
    minutes.push((minutes.at(-1) ?? 0) + later)
  }
  return minutes
}

/**
 * The order in which names were registered, which is that of their ROIDs: drawn, since it has nothing to do with when they are deleted;
 * but ascending among those of one minute, where the ROID decides. Returns places in the order of release.
 */
export function orderOfLoading(minutes: readonly number[], seed: number): readonly number[] {
  const drawn = shuffled([...minutes.keys()], seed, 'roids')
  const slots = new Map<number, number[]>()
  for (const [slot, index] of drawn.entries()) {
    const minute = minutes[index] ?? 0
    slots.set(minute, [...(slots.get(minute) ?? []), slot])
  }
  const order: number[] = []
  for (const [index, minute] of minutes.entries()) {
    const slot = slots.get(minute)?.shift()
    if (slot !== undefined) order[slot] = index
  }
  return order
}
