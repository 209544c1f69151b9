import { byOrderOfService } from '@droplock/rules/drop/outcome'
import type TinyQueue from 'tinyqueue'
import {
  commandFor,
  isPacedProbe,
  isUntried,
  needsInfo,
  type PlanFacts,
  type PlanRule,
  surelyReleasedMs,
} from './ready-at.ts'
import type { RegistryMs, Target } from './target.ts'

/** Where the plan keeps a name: which queue its next command comes from. */
export type Place =
  | 'none'
  | 'waiting'
  | 'asked'
  | 'fee_check'
  | 'first'
  | 'early'
  | 'retry'
  | 'batch'
  | 'poll'
  | 'probe'
  | 'other'

export type Entry = { target: Target; place: Place; version: number }

/** What was queued of an entry; stale if the entry has changed since then. */
export type Item = { readonly entry: Entry; readonly version: number; readonly key: number }

export const byKey = (one: Item, other: Item) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)
export const byService = (one: Item, other: Item) => byOrderOfService(one.entry.target, other.entry.target)
/** Names whose create may have taken effect come before those that were applied for. */
export const byUrgency = (one: Item, other: Item) =>
  Number(one.entry.target.phase !== 'ambiguous') - Number(other.entry.target.phase !== 'ambiguous') ||
  byKeyThenService(one, other)
export const byKeyThenService = (one: Item, other: Item) => byKey(one, other) || byService(one, other)

/** The entry at the head of a queue; what is stale is removed. */
export function head(queue: TinyQueue<Item>): Entry | undefined {
  for (let item = queue.peek(); item !== undefined; item = queue.peek()) {
    if (item.version === item.entry.version) return item.entry
    queue.pop()
  }
  return undefined
}

/** The queue of a name whose next command may be sent. `isInBatch`: it follows the front of a batch. Pure. */
export function placeOf(
  target: Target,
  rule: PlanRule,
  facts: PlanFacts,
  nowMs: RegistryMs,
  isInBatch: boolean,
): Place {
  if (needsInfo(target)) return 'asked'
  if (target.phase === 'waiting') return 'other'
  const kind = commandFor(target, rule, facts, nowMs)
  if (kind === 'fee_check') return 'fee_check'
  if (kind === 'create' && target.due === 'create') return 'first'
  if (isPacedProbe(target, nowMs)) return 'probe'
  if (kind === 'info') return 'other'
  const surelyMs = surelyReleasedMs(target, facts)
  // What the registry would have sold but for an issue was released, wherever the front of its batch is now.
  if (surelyMs === undefined && isInBatch) return target.createRetry === null ? 'batch' : 'retry'
  if (surelyMs === undefined) return 'poll'
  if (!isUntried(target, facts)) return 'retry'
  return nowMs >= surelyMs ? 'first' : 'early'
}
