import { createsPerSecond } from '@droplock/rules/drop/capacity'
import { servedMax } from '@droplock/rules/drop/service'
import { Refusal } from '@droplock/rules/refusals'
import type { Release } from '@droplock/rules/schedule/release'
import { type Kysely, sql } from 'kysely'
import { type OperatorContext, requirePermission } from './context.ts'
import type { Database } from './database/tables.gen.ts'
import { databaseTime } from './database/time.ts'
import { isLive } from './is-listed.ts'
import { type LimitsOf, readServiceRegistry } from './order-of-service/read-registry.ts'

/** A month with the weeks that it begins and ends in. */
export const CALENDAR_DAYS_MAX = 45

/** The live listings of a zone whose windows start on one day, by the time zone of its registry. */
type CalendarDay = {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly zone: string
  readonly registryId: string
  readonly release: Release
  /** The start of the first window and the end of the last one. */
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly firstCutoffAt: Date
  readonly names: number
  /** Names with a paid order, and with an unpaid one. */
  readonly paid: number
  readonly unpaid: number
  /** How many names our accounts try together in one batch or window; null where that depends on the second of each name. */
  readonly capacity: number | null
}

type CalendarRegistry = {
  readonly id: string
  readonly createsPerSecond: number
  /** Names of unknown release that all accounts together try in turn. */
  readonly namesInTurn: number
}

export type Calendar = {
  readonly at: Date
  readonly days: readonly CalendarDay[]
  /** What the accounts that can create now are limited to. */
  readonly registries: readonly CalendarRegistry[]
}

type ReadCalendar = {
  /** `YYYY-MM-DD`, both included. */
  readonly from: string
  readonly to: string
  readonly zone?: string | undefined
  readonly registryId?: string | undefined
}

/**
 * The windows of live listings by day and zone, with how many of their names are paid and how many our accounts can try. Throws Refusal:
 * forbidden, invalid_period.
 */
export async function readCalendar(
  ctx: OperatorContext,
  period: ReadCalendar,
  limitsOf: LimitsOf,
): Promise<Calendar> {
  requirePermission(ctx, 'console:read')
  requirePeriod(period)
  const rows = await countDays(ctx.db, period)
  const registries: CalendarRegistry[] = []
  for (const id of new Set(rows.map((row) => row.registryId)))
    registries.push(await readCapacity(ctx.db, id, limitsOf))
  const capacityOf = new Map(registries.map((each) => [each.id, each.namesInTurn]))
  return {
    at: await databaseTime(ctx.db),
    days: rows.map(({ release, ...day }) => ({
      ...day,
      release,
      capacity: isTriedTogether(release) ? (capacityOf.get(day.registryId) ?? null) : null,
    })),
    registries,
  }
}

const DAY_MS = 86_400_000

function requirePeriod({ from, to }: ReadCalendar): void {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  if (days >= 1 && days <= CALENDAR_DAYS_MAX) return
  throw new Refusal('invalid_period', `A calendar has 1 to ${CALENDAR_DAYS_MAX} days.`, {
    days_max: CALENDAR_DAYS_MAX,
  })
}

/** Names of such a zone are tried together for as long as their batch or window lasts. */
function isTriedTogether(release: Release): boolean {
  return release === 'daily_batch' || release === 'random_in_window' || release === 'open_window'
}

/** Time zones differ from UTC by less than this. */
const OFFSET_HOURS_MAX = 16

/**
 * Unpaid orders are few, since they end within minutes: they are counted apart, and all other holders have paid. So no order of a paid
 * name is read.
 */
async function countDays(db: Kysely<Database>, { from, to, zone, registryId }: ReadCalendar) {
  const { rows } = await sql<Omit<CalendarDay, 'capacity'>>`
    with unpaid as materialized (
      select listing.zone, (listing.drop_from at time zone zone.drop_time_zone)::date as day, count(*) as count
      from backorder join listing on listing.id = backorder.listing_id join zone on zone.name = listing.zone
      where backorder.state = 'pending_payment' and listing.holder = backorder.id
      group by 1, 2
    ), counted as materialized (
      select listing.zone, (listing.drop_from at time zone zone.drop_time_zone)::date as day, min(drop_from) as drop_from,
        max(drop_to) as drop_to, min(cutoff_at) as cutoff_at, count(*) as names, count(holder) as held
      from listing join zone on zone.name = listing.zone
      where ${isLive} and drop_from >= ${from}::timestamp at time zone 'UTC' - make_interval(hours => ${sql.lit(OFFSET_HOURS_MAX)})
        and drop_from < ${to}::timestamp at time zone 'UTC' + make_interval(days => 1, hours => ${sql.lit(OFFSET_HOURS_MAX)})
        and (${zone ?? null}::text is null or listing.zone = ${zone ?? null})
        and (${registryId ?? null}::text is null or zone.registry_id = ${registryId ?? null})
      group by 1, 2
    )
    select counted.day::text as day, counted.zone, zone.registry_id as "registryId", zone.release, counted.drop_from as "dropFrom",
      counted.drop_to as "dropTo", counted.cutoff_at as "firstCutoffAt", counted.names::integer as names,
      greatest(0, counted.held - coalesce(unpaid.count, 0))::integer as paid, coalesce(unpaid.count, 0)::integer as unpaid
    from counted join zone on zone.name = counted.zone
      left join unpaid on unpaid.zone = counted.zone and unpaid.day = counted.day
    where counted.day between ${from}::date and ${to}::date
    order by counted.day, counted.drop_from, counted.zone`.execute(db)
  return rows
}

async function readCapacity(
  db: Kysely<Database>,
  registryId: string,
  limitsOf: LimitsOf,
): Promise<CalendarRegistry> {
  const { accounts } = await readServiceRegistry(db, registryId, limitsOf)
  const active = accounts.filter(({ obstacles }) => obstacles.every(({ zones }) => zones !== undefined))
  return {
    id: registryId,
    createsPerSecond: active.reduce((sum, { limits }) => sum + createsPerSecond(limits), 0),
    namesInTurn: active.reduce((sum, { limits }) => sum + servedMax(limits.commandsPerSecondMax), 0),
  }
}
