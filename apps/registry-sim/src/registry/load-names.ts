import { between, pick, stream } from '../random.ts'
import { isDomainName, servedZone } from './names.ts'
import {
  type Ending,
  type Kind,
  makeRecord,
  type NameRecord,
  type Registration,
  type RivalMove,
} from './records.ts'
import { beginLife, nextRoid, RECORDS_MAX, type Registry } from './registry.ts'
import { restore, scheduleRelease } from './schedule-release.ts'
import type { Mix } from './settings.ts'
import { plan } from './timeline.ts'

/** A name to put into pending deletion. Everything absent is drawn by the seed. Times are epoch ms, registry clock. */
export type NameSpec = {
  readonly name: string
  readonly kind?: Kind | undefined
  /** The premium tier of a premium name. */
  readonly tier?: string | undefined
  readonly purgeAtMs?: number | undefined
  /** What lists say, where the purge is at another time. */
  readonly listedAtMs?: number | undefined
  /** The registration that is about to end; `priorClid` and `priorCrDateMs` describe one that is drawn. */
  readonly prior?: Registration | undefined
  readonly priorClid?: string | undefined
  readonly priorCrDateMs?: number | undefined
  readonly updatedAtMs?: number | undefined
  readonly restoreAtMs?: number | undefined
  /** Replace the drawn ones. Without rivals the name is uncontested. */
  readonly rivals?: readonly RivalMove[] | undefined
}

export type LoadRefusal =
  | 'invalid_name'
  | 'zone_not_served'
  | 'already_pending'
  | 'tier_not_known'
  | 'purge_at_required'
  | 'purge_at_not_taken'
  | 'purge_at_past'
  | 'prior_cr_date_not_past'
  | 'registry_full'

type Loaded = {
  readonly records: readonly NameRecord[]
  readonly refused: readonly { readonly name: string; readonly code: LoadRefusal }[]
}

/** How the names of one request are drawn; the registry's settings when absent. */
type Drawing = { readonly mix?: Mix | undefined; readonly ownShare?: number | undefined }

const DAY_MS = 86_400_000
/** Deleted by its registrar this long before the purge: 30 days of redemption, 5 of pendingDelete. */
const DELETED_BEFORE_DAYS = 35
/** Auto-renew grace (45 days) before that. */
const EXPIRED_BEFORE_DAYS = DELETED_BEFORE_DAYS + 45
const AGE_YEARS_MAX = 20
const OTHER_SPONSORS = ['registrar-12', 'registrar-27', 'registrar-31', 'registrar-58'] as const

function refusalFor(registry: Registry, spec: NameSpec, nowMs: number): LoadRefusal | undefined {
  const { release, fee } = registry.settings
  if (!isDomainName(spec.name)) return 'invalid_name'
  if (servedZone(spec.name, registry.settings) === undefined) return 'zone_not_served'
  if (registry.names.get(spec.name)?.stage === 'pending') return 'already_pending'
  if (registry.names.size + registry.past.length >= RECORDS_MAX) return 'registry_full'
  if (spec.tier !== undefined && fee.tiers[spec.tier] === undefined) return 'tier_not_known'
  if (release !== 'daily' && spec.purgeAtMs === undefined) return 'purge_at_required'
  if (release === 'daily' && spec.purgeAtMs !== undefined) return 'purge_at_not_taken'
  if ((spec.purgeAtMs ?? nowMs) < nowMs) return 'purge_at_past'
  if (spec.priorCrDateMs !== undefined && spec.priorCrDateMs >= nowMs) return 'prior_cr_date_not_past'
  return undefined
}

function drawKind(registry: Registry, name: string, mix: Mix): Kind {
  let draw = stream(registry.seed, registry.settings.id, 'kind', name)()
  for (const kind of ['premium', 'withdrawn', 'unreleased', 'refused'] as const) {
    draw -= mix[kind]
    if (draw < 0) return kind
  }
  return 'normal'
}

function drawTier(registry: Registry, name: string): string | undefined {
  return pick(
    stream(registry.seed, registry.settings.id, 'tier', name),
    Object.keys(registry.settings.fee.tiers),
  )
}

function drawSponsor(registry: Registry, name: string, ownShare: number): string {
  const random = stream(registry.seed, registry.settings.id, 'sponsor', name)
  if (random() < ownShare) return registry.settings.ownClid
  return pick(random, OTHER_SPONSORS) ?? OTHER_SPONSORS[0]
}

/** The registration that is about to end, with dates calculated back from the purge. */
function drawPrior(registry: Registry, spec: NameSpec, nowMs: number, drawing: Drawing): Registration {
  const random = stream(registry.seed, registry.settings.id, 'life', spec.name)
  const endMs = Math.floor((spec.purgeAtMs ?? nowMs) / 1000) * 1000
  const expiredMs = endMs - EXPIRED_BEFORE_DAYS * DAY_MS - between(random, 0, 86_399) * 1000
  const ageMs = Math.floor(between(random, 1, AGE_YEARS_MAX) * 365.25) * DAY_MS
  const crDateMs = spec.priorCrDateMs ?? expiredMs - ageMs
  // A registry's own deletion job runs once a minute: equal update times are common, and the ROID breaks the tie.
  const deletedMs = endMs - DELETED_BEFORE_DAYS * DAY_MS - between(random, 0, 1439) * 60_000
  const upDateMs = spec.updatedAtMs ?? Math.max(crDateMs, deletedMs)
  return {
    roid: nextRoid(registry),
    clID: spec.priorClid ?? drawSponsor(registry, spec.name, drawing.ownShare ?? registry.settings.ownShare),
    crDateMs,
    upDateMs,
    exDateMs: Math.max(expiredMs, crDateMs + 1000),
    contacts: [],
    nameServers: [],
    statuses: [],
    authInfo: `old-${spec.name}`.slice(0, 16),
  }
}

/** A registry that shows drop times in whole seconds drops names at whole seconds. */
function listedPurgeMs(registry: Registry, purgeAtMs: number): number {
  return registry.settings.showsDropTime ? Math.ceil(purgeAtMs / 1000) * 1000 : purgeAtMs
}

/** The instant of the purge: the listed one, or a random time after it. */
function drawPurgeMs(registry: Registry, { name }: NameRecord, listedMs: number): number {
  const { id, release, releaseWithinMs } = registry.settings
  if (release !== 'random') return listedMs
  return listedMs + between(stream(registry.seed, id, 'release', name), 0, releaseWithinMs)
}

function load(registry: Registry, spec: NameSpec, nowMs: number, drawing: Drawing): NameRecord {
  const kind = spec.kind ?? drawKind(registry, spec.name, drawing.mix ?? registry.settings.mix)
  const tier = kind === 'premium' ? (spec.tier ?? drawTier(registry, spec.name)) : undefined
  const record = makeRecord(spec.name, kind, spec.prior ?? drawPrior(registry, spec, nowMs, drawing), tier)
  beginLife(registry, record)
  if (spec.purgeAtMs !== undefined) {
    const purgeAtMs = listedPurgeMs(registry, spec.purgeAtMs)
    record.listedPurgeAtMs = spec.listedAtMs ?? purgeAtMs
    const ending: Ending = { rivals: spec.rivals, restoreAtMs: spec.restoreAtMs }
    scheduleRelease(registry, record, drawPurgeMs(registry, record, purgeAtMs), nowMs, ending)
  } else {
    registry.waiting.set(record, { rivals: spec.rivals, restoreAtMs: spec.restoreAtMs })
  }
  return record
}

/**
 * Puts names into pending deletion. An `exact` or `random` registry requires each name's purge, a `daily` one takes none:
 * its names wait for a batch. A bad name is refused with its code and stops no other.
 */
export function loadNames(
  registry: Registry,
  specs: readonly NameSpec[],
  nowMs: number,
  drawing: Drawing = {},
): Loaded {
  const records: NameRecord[] = []
  const refused: { name: string; code: LoadRefusal }[] = []
  for (const spec of specs) {
    const code = refusalFor(registry, spec, nowMs)
    if (code) refused.push({ name: spec.name, code })
    else records.push(load(registry, spec, nowMs, drawing))
  }
  return { records, refused }
}

/**
 * Withdraws names from the drop: restores those that are pending, or applied for but not awarded yet, now or at `atMs`.
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
