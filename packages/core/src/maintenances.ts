import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import type { RaiseAlarm } from './alarms/raise.ts'
import { changeWithAudit } from './audit/change.ts'
import { type Context, nameOf, type OperatorContext, requirePermission } from './context.ts'
import { type Listed, type Paging, readListed } from './database/page.ts'
import { lockRegistry } from './locks.ts'

/** Hours in which a registry announced to be away. */
export type Maintenance = {
  readonly id: string
  readonly registryId: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly note: string
  readonly notedAt: Date
  /** Who entered it, or the registry account whose message said it. */
  readonly notedBy: string
  readonly canceledAt: Date | null
}

type ListMaintenances = Paging & {
  readonly registryId?: string | undefined
  /** Those that overlap [from, to). */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

/** Maintenances, the latest first. Throws Refusal('forbidden'). */
export async function listMaintenances(
  ctx: OperatorContext,
  query: ListMaintenances,
): Promise<Listed<Maintenance>> {
  requirePermission(ctx, 'console:read')
  const { registryId, from, to } = query
  let all = ctx.db.selectFrom('registry_maintenance')
  if (registryId !== undefined) all = all.where('registry_id', '=', registryId)
  if (from !== undefined) all = all.where('ends_at', '>', from)
  if (to !== undefined) all = all.where('starts_at', '<', to)
  const latest = all
    .select(['id', 'registry_id as registryId', 'starts_at as startsAt', 'ends_at as endsAt', 'note'])
    .select(['noted_at as notedAt', 'noted_by as notedBy', 'canceled_at as canceledAt'])
    .orderBy('starts_at', 'desc')
    .orderBy('id', 'desc')
  return readListed(ctx.db, latest, query, (row): Maintenance => row)
}

type NoteMaintenance = {
  readonly registryId: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly reason: string
}

/**
 * Enters a maintenance that a registry announced elsewhere than in a message. Returns its id. Throws Refusal: forbidden,
 * reason_required, registry_not_found, invalid_window.
 */
export async function noteMaintenance(ctx: OperatorContext, noted: NoteMaintenance): Promise<string> {
  const { registryId, startsAt, endsAt, reason } = noted
  if (endsAt <= startsAt) throw new Refusal('invalid_window', 'A maintenance ends after it has begun.')
  const id = ctx.newId()
  const subject = ['registry', registryId] as const
  await changeWithAudit(ctx, { permission: 'registries:set', subject, reason }, async (tx, note) => {
    await lockRegistry(tx, registryId)
    const registry = await tx
      .selectFrom('registry')
      .select('id')
      .where('id', '=', registryId)
      .executeTakeFirst()
    if (registry === undefined)
      throw new Refusal('registry_not_found', 'No such registry.', { id: registryId })
    await sql`
      insert into registry_maintenance (id, registry_id, starts_at, ends_at, note, noted_at, noted_by)
      values (${id}, ${registryId}, ${startsAt}, ${endsAt}, ${note}, clock_timestamp(), ${nameOf(ctx.actor)})`.execute(
      tx,
    )
    const after = { starts_at: startsAt.toISOString(), ends_at: endsAt.toISOString() }
    return { action: 'registry.maintenance_noted', after }
  })
  return id
}

/** Cancels a maintenance, which does not take place or is over. Throws Refusal: forbidden, reason_required, maintenance_not_found. */
export async function cancelMaintenance(
  ctx: OperatorContext,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<void> {
  requirePermission(ctx, 'registries:set')
  const found = await ctx.db
    .selectFrom('registry_maintenance')
    .select('registry_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (found === undefined) throw new Refusal('maintenance_not_found', 'No such maintenance.', { id })
  const subject = ['registry', found.registry_id] as const
  await changeWithAudit(ctx, { permission: 'registries:set', subject, reason }, async (tx) => {
    await sql`
      update registry_maintenance set canceled_at = clock_timestamp() where id = ${id} and canceled_at is null`.execute(
      tx,
    )
    return { action: 'registry.maintenance_canceled', before: { maintenance_id: id } }
  })
}

/**
 * The registries that announced to be away while names with a secured order drop, as alarms `drop_in_maintenance`: as soon as both are
 * known, so days before.
 */
export async function findDropsInMaintenance(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{ registryId: string; names: number; from: Date; to: Date; firstDropAt: Date }>`
    select distinct on (away.registry_id) away.registry_id as "registryId", starts_at as from, ends_at as to, names,
      first_drop_at as "firstDropAt"
    from registry_maintenance as away cross join lateral (
      select count(*)::int as names, min(listing.drop_from) as first_drop_at
      from listing join zone on zone.name = listing.zone join backorder on backorder.id = listing.holder
      where zone.registry_id = away.registry_id and listing.state in ('upcoming', 'open', 'closed', 'dropping')
        and backorder.state in ('backordered', 'registering')
        and listing.drop_from < away.ends_at and listing.drop_to > away.starts_at) as dropping
    where canceled_at is null and ends_at > statement_timestamp() and names > 0
    order by away.registry_id, starts_at`.execute(ctx.db)
  return rows.map(({ registryId, names, from, to, firstDropAt }) => ({
    subject: registryId,
    facts: {
      names,
      from: from.toISOString(),
      to: to.toISOString(),
      firstDropAt: firstDropAt.toISOString(),
    },
  }))
}

/** A password is changed by people, who need some working days. */
const PASSWORD_NOTICE_DAYS = 14

/** The registry accounts whose password expires within days, or has expired, as alarms `password_expires`. */
export async function findExpiringPasswords(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{ id: string; expiresAt: Date }>`
    select id, password_expires_at as "expiresAt" from registry_account
    where password_expires_at <= statement_timestamp() + make_interval(days => ${PASSWORD_NOTICE_DAYS})
    order by id`.execute(ctx.db)
  return rows.map(({ id, expiresAt }) => ({ subject: id, facts: { expiresAt: expiresAt.toISOString() } }))
}
