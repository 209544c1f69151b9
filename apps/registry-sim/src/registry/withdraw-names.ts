import type { Registry } from './registry.ts'
import { restore } from './schedule-release.ts'
import { plan } from './timeline.ts'

/**
 * Restores pending names, now or at `atMs`. Returns the names that were not pending when asked; one that is purged
 * before `atMs` simply stays purged.
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
    if (record?.stage !== 'pending') notPending.push(name)
    else if (atMs <= nowMs) restore(record, nowMs)
    else plan(registry.timeline, atMs, (at) => restore(record, at))
  }
  return notPending
}
