import { between, type Random, stream } from '../../../../registry-sim/src/random.ts'
import { loadNames } from '../../../../registry-sim/src/registry/load-names.ts'
import type { Registry } from '../../../../registry-sim/src/registry/registry.ts'
import { scheduleBatch } from '../../../../registry-sim/src/registry/schedule-batch.ts'

/** Time between two names, so that wins and losses occur throughout the hour. */
const NAMES = 600

/** Most names are contested, within half a second. */
const RIVAL_SHARE = 0.6
const RIVAL_MS_MAX = 500

/** Loads the names that drop within `forMs` into the registry, in order of their drop, and schedules a daily registry's batch. */
export function loadDrop(
  registry: Registry,
  nowMs: number,
  zone: string,
  forMs: number,
  seed: number,
): readonly string[] {
  const random = stream(seed, 'drop')
  const everyMs = Math.floor(forMs / NAMES)
  const isDaily = registry.settings.release === 'daily'
  const specs = Array.from({ length: NAMES }, (_, index) => ({
    name: `drop-${index}.${zone}`,
    rivals: rivalsOf(random),
    ...(isDaily
      ? { updatedAtMs: nowMs - 40 * 86_400_000 + index }
      : { purgeAtMs: nowMs + (index + 1) * everyMs }),
  }))
  const { records, refused } = loadNames(registry, specs, nowMs)
  if (refused.length > 0) throw new Error(`not loaded: ${JSON.stringify(refused[0])}`)
  if (isDaily) {
    const { pace } = registry.settings
    const batch = scheduleBatch(registry, nowMs + everyMs, nowMs, { ...pace, paceMs: everyMs })
    if (typeof batch === 'string') throw new Error(`no batch: ${batch}`)
  }
  return records.map(({ name }) => name)
}

function rivalsOf(random: Random) {
  return random() < RIVAL_SHARE ? [{ clid: 'rival-a', delayMs: between(random, 1, RIVAL_MS_MAX) }] : []
}
