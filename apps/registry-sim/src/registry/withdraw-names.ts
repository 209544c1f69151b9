import type { Registry } from './registry.ts'
import { restore } from './schedule-release.ts'
import { plan } from './timeline.ts'

/**
 * Pulls names from the drop: restores those that are pending, or applied for but not awarded yet, now or at `atMs`.
 * Returns the names that were neither when asked; one that is purged before `atMs` simply stays purged.
 */
export function withdrawNames(
  registry: Registry,
  names: readonly string[],
  nowMs: number,
  atMs = nowMs,
): string[] {
  const notPending: string[] = []
  for (const name of names) {
    const record = registry.names.get(name)
    const isDropping = record?.stage === 'pending' || record?.awardAtMs !== undefined
    if (!record || !isDropping) notPending.push(name)
    else if (atMs > nowMs) plan(registry.timeline, atMs, (at) => restore(registry, record, at))
    else if (!restore(registry, record, nowMs)) notPending.push(name)
  }
  return notPending
}
