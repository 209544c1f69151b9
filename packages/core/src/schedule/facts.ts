import type { Schedule } from '@droplock/rules/listings'
import type { ChangeFacts, ZoneSchedule } from '@droplock/rules/schedule/change'
import type { DropRule } from '@droplock/rules/schedule/drop-window'
import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A listing with everything that decides a change of it. */
export type ListingFacts = ChangeFacts & {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly version: number
  readonly backorderId: string | null
  readonly accountId: string | null
  /** Until when an unpaid hold may be paid. */
  readonly payBy: Date | null
  readonly overrideId: string | null
  /** What lists say; without an override that is its own schedule. */
  readonly listed: Schedule
}

/** Listings with their holders and targets, as rows for `toFacts`. */
export function selectFacts(db: Kysely<Database>) {
  return db
    .selectFrom('listing')
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .leftJoin('catch_target', 'catch_target.backorder_id', 'listing.holder')
    .select([
      'listing.id',
      'listing.name',
      'listing.zone',
      'listing.version',
      'listing.state',
      'listing.holder as backorder_id',
      'listing.cutoff_at',
      'listing.drop_from',
      'listing.drop_to',
      'listing.override_id',
      'listing.listed_cutoff_at',
      'listing.listed_drop_from',
      'listing.listed_drop_to',
      'backorder.state as backorder_state',
      'backorder.account_id',
      'backorder.pay_by',
      'catch_target.state as target',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectFacts>['execute']>>[number]

export function toFacts(row: Row): ListingFacts {
  const schedule = { cutoffAt: row.cutoff_at, dropFrom: row.drop_from, dropTo: row.drop_to }
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    version: row.version,
    state: row.state,
    holder: holderOf(row.backorder_state),
    target: row.target,
    schedule,
    overridden: row.override_id !== null,
    backorderId: row.backorder_id,
    accountId: row.account_id,
    payBy: row.pay_by,
    overrideId: row.override_id,
    listed: {
      cutoffAt: row.listed_cutoff_at ?? row.cutoff_at,
      dropFrom: row.listed_drop_from ?? row.drop_from,
      dropTo: row.listed_drop_to ?? row.drop_to,
    },
  }
}

function holderOf(state: Row['backorder_state']): ChangeFacts['holder'] {
  if (state === null) return 'none'
  return state === 'pending_payment' ? 'unpaid' : 'secured'
}

type PolicyRow = {
  readonly drop_time_zone: string
  readonly drop_starts_at: string
  readonly drop_also_at: readonly string[]
  readonly drop_lasts_seconds: number
  readonly early_seconds: number
  readonly late_seconds: number
}

/** A zone's row as the rule by which windows are made. */
export function dropRuleOf(row: PolicyRow): DropRule {
  return {
    timeZone: row.drop_time_zone,
    startsAt: row.drop_starts_at,
    alsoAt: row.drop_also_at,
    lastsSeconds: row.drop_lasts_seconds,
    earlySeconds: row.early_seconds,
    lateSeconds: row.late_seconds,
  }
}

/** How the schedules of every zone are made, by zone. There are hundreds of zones at most. */
export async function readZoneSchedules(db: Kysely<Database>): Promise<ReadonlyMap<string, ZoneSchedule>> {
  const zones = await db.selectFrom('zone').selectAll().execute()
  const past = await db.selectFrom('past_zone_policy').selectAll().orderBy('replaced_at', 'desc').execute()
  const pastOf = Map.groupBy(past, ({ zone }) => zone)
  return new Map(
    zones.map((zone) => [
      zone.name,
      {
        rule: dropRuleOf(zone),
        cutoffLeadSeconds: zone.cutoff_lead_seconds,
        pastRules: (pastOf.get(zone.name) ?? []).map(dropRuleOf),
      },
    ]),
  )
}

/** Throws where a listing's zone is not there, which its foreign key excludes. */
export function zoneScheduleOf(zones: ReadonlyMap<string, ZoneSchedule>, zone: string): ZoneSchedule {
  const schedule = zones.get(zone)
  if (schedule === undefined) throw new Error(`no zone ${zone}`)
  return schedule
}
