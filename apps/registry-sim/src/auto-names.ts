import { between, pick, type Random, stream } from './random.ts'
import { loadNames, type NameSpec } from './registry/load-names.ts'
import type { NameRecord } from './registry/records.ts'
import { present, type Registry } from './registry/registry.ts'
import { scheduleBatch } from './registry/schedule-batch.ts'
import type { RegistrySettings } from './registry/settings.ts'
import { plan } from './registry/timeline.ts'

/** Plain words, from which plausible names are composed. */
const FIRST = (
  'amber ancient autumn azure bold bright calm cedar clear copper coral crisp daily early ' +
  'ember fair fern field fresh gentle golden grand green harbor hazel honest island ivory jade kind lake ' +
  'lucky maple meadow mellow mint modern north oak open orchard pearl pine prime quiet rapid river royal ' +
  'silver simple sky smart solid spring steady stone summer sunny swift tidy true urban velvet vivid warm wild winter'
).split(' ')

const SECOND = (
  'atlas bakery barn basket beacon bench bikes books bridge cabin cafe camp canvas clinic cloud ' +
  'coffee craft dental design dock farm fitness forge garage autoNames gallery gear grove guide hill homes ' +
  'hotel house kitchen lab lamp law ledger lens library market media mill motors music notes office ' +
  'paper parts path photo plaza print road roof school shop sports stack store studio supply tech tools ' +
  'tours toys trade trail travel village vision watch wine works yard yoga'
).split(' ')

/** An auto-generated name and its truth are deleted this long after the purge, so that the simulator can run for weeks. */
const KEPT_AFTER_PURGE_MS = 3_600_000
/** Words collide sometimes; within a few attempts a new name is found. */
const TRIES_MAX = 20

type AutoNameSettings = NonNullable<RegistrySettings['autoNames']>

function drawName(registry: Registry, random: Random, taken: ReadonlySet<string>): string | undefined {
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const zone = pick(random, registry.settings.zones)
    const name = `${pick(random, FIRST)}${pick(random, SECOND)}.${zone}`
    if (!registry.names.has(name) && !taken.has(name)) return name
  }
  return undefined
}

function drawNames(registry: Registry, autoNames: AutoNameSettings, random: Random): string[] {
  const names = new Set<string>()
  for (let count = 0; count < autoNames.namesPerRound; count++) {
    const name = drawName(registry, random, names)
    if (name !== undefined) names.add(name)
  }
  return [...names]
}

function forgetLater(registry: Registry, record: NameRecord, atMs: number): void {
  plan(registry.timeline, atMs, () => {
    if (registry.names.get(record.name) !== record) return
    registry.names.delete(record.name)
    registry.waiting.delete(record)
  })
}

/** Adds one round of names. They drop within the length of a round, the first one after the lead time at the earliest. */
function addRound(registry: Registry, autoNames: AutoNameSettings, round: number, atMs: number): void {
  const random = stream(registry.seed, registry.settings.id, 'autoNames', String(round))
  const exact = registry.settings.release !== 'daily'
  const firstMs = Math.ceil((atMs + autoNames.leadMs) / 1000) * 1000
  const specs: NameSpec[] = drawNames(registry, autoNames, random).map((name) => ({
    name,
    ...(exact
      ? { purgeAtMs: firstMs + between(random, 0, Math.floor(autoNames.roundMs / 1000)) * 1000 }
      : {}),
  }))
  const { records } = loadNames(registry, specs, atMs)
  if (!exact) {
    scheduleBatch(registry, firstMs, atMs, registry.settings.pace, new Set(specs.map(({ name }) => name)))
  }
  for (const record of records) {
    forgetLater(registry, record, (record.listedPurgeAtMs ?? firstMs) + KEPT_AFTER_PURGE_MS)
  }
  const nextMs = atMs + autoNames.roundMs
  plan(registry.timeline, nextMs, (at) => addRound(registry, autoNames, round + 1, at))
}

/** Adds names to `registry`: a round at once, then one every `roundMs`, for as long as the registry is used. */
export function startAutoNames(registry: Registry, autoNames: AutoNameSettings): void {
  addRound(registry, autoNames, 1, present(registry))
}
