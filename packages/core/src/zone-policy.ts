import { Refusal } from '@droplock/rules/refusals'
import { decideChange, type ZoneSchedule } from '@droplock/rules/schedule/change'
import { type ChangeCounts, createChangeCounter } from '@droplock/rules/schedule/change-counts'
import type { Release } from '@droplock/rules/schedule/release'
import { requireZonePolicy, type ZonePolicy } from '@droplock/rules/schedule/zone-policy'
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import type { Facts } from './audit/chain.ts'
import { changeWithAudit } from './audit/change.ts'
import { type OperatorContext, requirePermission } from './context.ts'
import { escapeLike, type Listed, type Paging, readListed } from './database/page.ts'
import type { Database, ZoneTable } from './database/tables.gen.ts'
import { databaseTime } from './database/time.ts'
import { lockNamedZone } from './locks.ts'
import { searchedAs } from './name-as-written.ts'
import { dropRuleOf, readZoneSchedules, toFacts, zoneScheduleOf } from './schedule/facts.ts'
import { selectMatching } from './schedule-changes/select.ts'

/** A policy, and the version that an edit of it names. */
export type VersionedPolicy = ZonePolicy & { readonly version: number }

/** The policy of a zone. Throws Refusal: forbidden, zone_not_found. */
export async function getZonePolicy(ctx: OperatorContext, zone: string): Promise<VersionedPolicy> {
  requirePermission(ctx, 'console:read')
  const row = await readZone(ctx.db, zone)
  return { ...policyOf(row), version: row.policy_version }
}

type ListZonePolicies = Paging & {
  /** A part of the zone. */
  readonly q?: string
  readonly registryId?: string
  readonly release?: Release
}

/** The policies of all zones, by registry and name. Throws Refusal('forbidden'). */
export async function listZonePolicies(
  ctx: OperatorContext,
  query: ListZonePolicies,
): Promise<Listed<VersionedPolicy & { readonly zone: string; readonly registryId: string }>> {
  requirePermission(ctx, 'console:read')
  let matching = ctx.db.selectFrom('zone').selectAll()
  if (query.q !== undefined)
    matching = matching.where('name', 'like', `%${escapeLike(searchedAs(query.q.replace(/^\./, '')))}%`)
  if (query.registryId !== undefined) matching = matching.where('registry_id', '=', query.registryId)
  if (query.release !== undefined) matching = matching.where('release', '=', query.release)
  return readListed(ctx.db, matching.orderBy('registry_id').orderBy('name'), query, (row) => ({
    zone: row.name,
    registryId: row.registry_id,
    ...policyOf(row),
    version: row.policy_version,
  }))
}

/** Checks a zone as it was written. Throws Refusal: zone_not_found, invalid_policy. */
export async function requirePolicyOf(db: Kysely<Database>, zone: string): Promise<void> {
  requireZonePolicy(policyOf(await readZone(db, zone)))
}

type ChangePolicy = { readonly zone: string; readonly policy: Partial<ZonePolicy> }

export type PolicyPreview = {
  readonly before: ZonePolicy
  readonly after: ZonePolicy
  /** What applying it to the live listings would do: those that differ from it are `moves`, `reopens` or `closes`. */
  readonly counts: ChangeCounts
}

/** Listings read at once; see `previewChange`. */
const LISTINGS_PER_READ = 2_000

/**
 * What a changed policy would be, and how many live listings differ from it; changes nothing. Throws Refusal: forbidden, zone_not_found,
 * invalid_policy.
 */
export async function previewZonePolicy(
  ctx: OperatorContext,
  { zone, policy }: ChangePolicy,
): Promise<PolicyPreview> {
  requirePermission(ctx, 'registries:set')
  const before = policyOf(await readZone(ctx.db, zone))
  const after = { ...before, ...policy }
  requireZonePolicy(after)
  const known = zoneScheduleOf(await readZoneSchedules(ctx.db), zone)
  const schedule: ZoneSchedule = {
    rule: dropRuleOf(columnsOf(after)),
    cutoffLeadSeconds: after.cutoffLeadSeconds,
    pastRules: [known.rule, ...known.pastRules],
  }
  return { before, after, counts: await countDiffering(ctx.db, zone, schedule) }
}

async function countDiffering(
  db: Kysely<Database>,
  zone: string,
  schedule: ZoneSchedule,
): Promise<ChangeCounts> {
  const now = await databaseTime(db)
  const counter = createChangeCounter()
  let after: string | undefined
  do {
    const rows = await selectMatching(db, { zone }, after, LISTINGS_PER_READ).execute()
    for (const facts of rows.map(toFacts))
      counter.add({ facts, ...facts }, decideChange({ kind: 'policy' }, facts, schedule, now), now)
    after = rows.length === LISTINGS_PER_READ ? rows.at(-1)?.id : undefined
  } while (after !== undefined)
  return counter.counts()
}

/**
 * Changes the policy of a zone; without a `version`, single members of whichever is in force. It applies to lists that are read from now on, and to targets that are armed from now on; what is sent in
 * the slow part of a grace follows it at once. Live listings stay as they are: a change of schedules (`policy`) moves them. Throws
 * Refusal: forbidden, reason_required, zone_not_found, zone_policy_changed, invalid_policy, try_again.
 */
export async function changeZonePolicy(
  ctx: OperatorContext,
  { zone, version, policy, reason }: ChangePolicy & { readonly version?: number; readonly reason: string },
): Promise<void> {
  const change = { permission: 'registries:set', subject: ['zone', zone], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    await lockNamedZone(tx, zone)
    const row = await readZone(tx, zone)
    if (version !== undefined && version !== row.policy_version) {
      throw new Refusal('zone_policy_changed', 'Another change of this policy was made meanwhile.', {
        version: row.policy_version,
      })
    }
    const before = policyOf(row)
    const wanted = { ...before, ...policy }
    requireZonePolicy(wanted)
    await keepPastPolicy(tx, zone)
    await tx
      .updateTable('zone')
      .set({ ...columnsOf(wanted), policy_version: row.policy_version + 1 })
      .where('name', '=', zone)
      .execute()
    await dropSamePolicy(tx, zone)
    // Read back: the database writes a time in one way.
    const facts = changedFacts(before, policyOf(await readZone(tx, zone)))
    return facts && { action: 'zone.policy_changed', ...facts }
  })
}

/** The members that differ, as they were and as they are; undefined where none does. */
function changedFacts(
  before: ZonePolicy,
  after: ZonePolicy,
): { readonly before: Facts; readonly after: Facts } | undefined {
  const keys = (Object.keys(after) as (keyof ZonePolicy)[]).filter(
    (key) => String(before[key]) !== String(after[key]),
  )
  if (keys.length === 0) return undefined
  const pick = (policy: ZonePolicy): Facts => Object.fromEntries(keys.map((key) => [key, policy[key]]))
  return { before: pick(before), after: pick(after) }
}

async function readZone(db: Kysely<Database>, name: string): Promise<Selectable<ZoneTable>> {
  const zone = await db.selectFrom('zone').selectAll().where('name', '=', name).executeTakeFirst()
  if (zone === undefined) throw new Refusal('zone_not_found', 'No registry here serves this zone.', { name })
  return zone
}

function policyOf(zone: Selectable<ZoneTable>): ZonePolicy {
  return {
    release: zone.release,
    dropTimeZone: zone.drop_time_zone,
    dropStartsAt: zone.drop_starts_at,
    dropAlsoAt: zone.drop_also_at,
    dropLastsSeconds: zone.drop_lasts_seconds,
    earlySeconds: zone.early_seconds,
    lateSeconds: zone.late_seconds,
    cutoffLeadSeconds: zone.cutoff_lead_seconds,
    graceSeconds: zone.grace_seconds,
    graceFullSeconds: zone.grace_full_seconds,
    graceProbeSeconds: zone.grace_probe_seconds,
    graceSharePercent: zone.grace_share_percent,
    driftEarlierSecondsMax: zone.drift_earlier_seconds_max,
    driftLaterSecondsMax: zone.drift_later_seconds_max,
  }
}

function columnsOf(policy: ZonePolicy) {
  return {
    release: policy.release,
    drop_time_zone: policy.dropTimeZone,
    drop_starts_at: policy.dropStartsAt,
    drop_also_at: [...policy.dropAlsoAt],
    drop_lasts_seconds: policy.dropLastsSeconds,
    early_seconds: policy.earlySeconds,
    late_seconds: policy.lateSeconds,
    cutoff_lead_seconds: policy.cutoffLeadSeconds,
    grace_seconds: policy.graceSeconds,
    grace_full_seconds: policy.graceFullSeconds,
    grace_probe_seconds: policy.graceProbeSeconds,
    grace_share_percent: policy.graceSharePercent,
    drift_earlier_seconds_max: policy.driftEarlierSecondsMax,
    drift_later_seconds_max: policy.driftLaterSecondsMax,
  }
}

const scheduleColumns = sql`drop_time_zone, drop_starts_at, drop_also_at, drop_lasts_seconds, early_seconds, late_seconds, cutoff_lead_seconds`

/** Before a zone's policy is written: keeps what is in force, by which the windows of its listings were made. */
export async function keepPastPolicy(tx: Transaction<Database>, zone: string): Promise<void> {
  await sql`
    insert into past_zone_policy (zone, replaced_at, ${scheduleColumns}) select name, clock_timestamp(), ${scheduleColumns} from zone
    where name = ${zone}`.execute(tx)
}

/** After it was written: a policy that is the same as before has replaced nothing. */
export async function dropSamePolicy(tx: Transaction<Database>, zone: string): Promise<void> {
  await sql`
    delete from past_zone_policy as past using zone
    where past.zone = ${zone} and zone.name = ${zone}
      and (past.drop_time_zone, past.drop_starts_at, past.drop_also_at, past.drop_lasts_seconds, past.early_seconds, past.late_seconds,
        past.cutoff_lead_seconds) is not distinct from (zone.drop_time_zone, zone.drop_starts_at, zone.drop_also_at,
        zone.drop_lasts_seconds, zone.early_seconds, zone.late_seconds, zone.cutoff_lead_seconds)`.execute(tx)
}
