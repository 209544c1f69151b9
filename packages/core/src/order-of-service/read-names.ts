import { type ContactRole, isContactRole } from '@droplock/rules/contacts'
import type { AwaitingName, Expectation } from '@droplock/rules/drop/order-of-service'
import { type Release, releaseInstant } from '@droplock/rules/schedule/release'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { namedBy } from '../account-contacts/of-orders.ts'
import type { Database } from '../database/tables.gen.ts'
import { isLive } from '../is-listed.ts'

/**
 * Which drops, by the time zone of each zone: those whose window overlaps with a time, both ends included, by default from now to the end
 * of tomorrow; or those whose window begins on a local day, by default tomorrow.
 */
export type DropPeriod =
  | { readonly kind: 'between'; readonly from?: Date | undefined; readonly to?: Date | undefined }
  | { readonly kind: 'day'; readonly day?: string | undefined }

/** A name whose order is paid and whose create is still to be sent. */
export type AwaitedName = AwaitingName & { readonly name: string; readonly backorderId: string }

/** The same, with what can be expected of it. */
export type ServedName = AwaitedName & Expectation

/** More names than a registry releases for us in two days; those beyond are not read. */
export const AWAITED_NAMES_MAX = 100_000

type Row = {
  readonly name: string
  readonly zone: string
  readonly listingId: string
  readonly backorderId: string
  readonly orderedAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly expectedFrom: Date | null
  readonly expectedTo: Date | null
  readonly release: Release
  readonly earlySeconds: number
  readonly lateSeconds: number
  readonly isPrepared: boolean
  readonly isOrderShown: boolean
  readonly isWithdrawn: boolean
  readonly isSuspect: boolean
  readonly isPremium: boolean
  readonly contactRoles: readonly string[]
  readonly ownRoles: readonly string[] | null
  readonly lacksOwn: boolean
}

/**
 * The names of a registry with a paid order that drop in the period and whose creates are still to be sent, in the order of service
 * (rule 23), `AWAITED_NAMES_MAX` at most.
 */
export async function readAwaitedNames(
  db: Kysely<Database>,
  registryId: string,
  period: DropPeriod,
): Promise<readonly AwaitedName[]> {
  const { rows } = await sql<Row>`
    select listing.name, listing.zone, listing.id as "listingId", backorder.id as "backorderId",
      backorder.secured_at as "orderedAt", listing.drop_from as "dropFrom", listing.drop_to as "dropTo",
      target.expected_from as "expectedFrom", target.expected_to as "expectedTo",
      zone.release, zone.early_seconds as "earlySeconds", zone.late_seconds as "lateSeconds",
      target.prepared_at is not null as "isPrepared", target.prior_roid is not null as "isOrderShown",
      exists (select from withdrawal where listing_id = listing.id) as "isWithdrawn",
      listing.suspect as "isSuspect", listing.premium as "isPremium",
      zone.contact_roles as "contactRoles", own.roles as "ownRoles", coalesce(own.lacks, false) as "lacksOwn"
    from zone join listing on listing.zone = zone.name and ${isLive}
      join backorder on backorder.id = listing.holder and backorder.state in ('backordered', 'registering')
      left join catch_target as target on target.backorder_id = backorder.id
      cross join lateral (
        select array_agg(role) filter (where is_made) as roles,
          bool_or(not is_made and role = any (zone.contact_roles)) as lacks
        from (select role, exists (
            select from registry_contact as made join registry_account as account on account.id = made.registry_account_id
            where made.contact_id = named.contact_id and made.state = 'created' and account.registry_id = zone.registry_id) as is_made
          from ${namedBy('backorder')} where named.contact_id is not null) as used) as own
    where zone.registry_id = ${registryId} and (target.id is null or target.state in ('armed', 'disarmed', 'firing'))
      and ${isIn(period)}
    order by backorder.secured_at, listing.id
    limit ${AWAITED_NAMES_MAX}`.execute(db)
  return rows.map(toName)
}

function isIn(period: DropPeriod): RawBuilder<boolean> {
  const localDay = sql`(listing.drop_from at time zone zone.drop_time_zone)::date`
  const tomorrow = sql`(statement_timestamp() at time zone zone.drop_time_zone)::date + 1`
  if (period.kind === 'day')
    return sql<boolean>`${localDay} = ${period.day === undefined ? tomorrow : sql`${period.day}::date`}`
  const { from, to } = period
  // In every zone tomorrow ends within two days: that much of an index is read.
  const isBefore =
    to === undefined
      ? sql`(listing.drop_from <= statement_timestamp() + interval '2 days' and ${localDay} <= ${tomorrow})`
      : sql`listing.drop_from <= ${to}`
  return sql<boolean>`listing.drop_to >= ${from ?? sql`statement_timestamp()`} and ${isBefore}`
}

function toName(row: Row): AwaitedName {
  return {
    name: row.name,
    zone: row.zone,
    listingId: row.listingId,
    backorderId: row.backorderId,
    orderedAt: row.orderedAt,
    release: row.release,
    dropFrom: row.dropFrom,
    dropTo: row.dropTo,
    releaseAt: releaseInstant(row),
    orderKey: row.isPrepared ? (row.isOrderShown ? 'shown' : 'hidden') : 'unknown',
    isWithdrawn: row.isWithdrawn,
    isSuspect: row.isSuspect,
    isPremium: row.isPremium,
    contactRoles: rolesOf(row.contactRoles),
    ownRoles: rolesOf(row.ownRoles ?? []),
    lacksOwn: row.lacksOwn,
  }
}

const rolesOf = (roles: readonly string[]): readonly ContactRole[] => roles.filter(isContactRole)
