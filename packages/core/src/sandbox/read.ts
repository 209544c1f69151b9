import type { ListingState } from '@droplock/rules/machines/listing'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { isListed } from '../is-listed.ts'

/** A name of a drop. What is null is not known before the name is listed. */
type DroppingName = {
  readonly name: string
  readonly listingState: ListingState | null
  readonly cutoffAt: Date | null
  readonly dropFrom: Date | null
  readonly dropTo: Date | null
  /** The caller's last order of the name. */
  readonly backorderId: string | null
}

export type SandboxDropView = {
  readonly id: string
  /** `preparing`: its names are not all listed yet. `ended`: all of them have ended. */
  readonly state: 'preparing' | 'running' | 'ended'
  readonly timeScale: number
  readonly createdAt: Date
  /** When the registry's list says that the names drop. */
  readonly dropsAt: Date
  /** By then every name has ended. */
  readonly endsAt: Date
  readonly names: readonly DroppingName[]
}

export type SandboxView = {
  readonly zone: string
  /** Those that have not ended, the newest first. */
  readonly drops: readonly SandboxDropView[]
}

/** The zone of the caller's account. Throws Refusal('sandbox_only'). */
export async function findSandboxZone({ db, actor }: AccountContext): Promise<string> {
  const zone = await db
    .selectFrom('zone')
    .select('name')
    .where('sandbox_account_id', '=', actor.accountId)
    .executeTakeFirst()
  if (zone === undefined)
    throw new Refusal('sandbox_only', 'There is a sandbox for test keys only, where the test world is run.')
  return zone.name
}

/** The caller's sandbox. Throws Refusal: insufficient_scope, sandbox_only. */
export async function getSandbox(ctx: AccountContext): Promise<SandboxView> {
  requireScope(ctx, 'listings:read')
  const zone = await findSandboxZone(ctx)
  const running = await selectDrops(ctx)
    .where('ended_at', 'is', null)
    .orderBy('sandbox_drop.id', 'desc')
    .execute()
  return { zone, drops: await viewDrops(ctx, running) }
}

/** One drop of the caller's. Throws Refusal: insufficient_scope, sandbox_drop_not_found. */
export async function getSandboxDrop(ctx: AccountContext, id: string): Promise<SandboxDropView> {
  requireScope(ctx, 'listings:read')
  return viewRequested(ctx, id)
}

/** The same for who has just asked for it. Throws Refusal('sandbox_drop_not_found'). */
export async function viewRequested(ctx: AccountContext, id: string): Promise<SandboxDropView> {
  const found = await selectDrops(ctx).where('sandbox_drop.id', '=', id).execute()
  const [drop] = await viewDrops(ctx, found)
  if (drop === undefined) throw new Refusal('sandbox_drop_not_found', 'No such drop of a sandbox.', { id })
  return drop
}

/** What an end takes to be recorded. Seconds. */
const SETTLED_SECONDS = 5

function selectDrops({ db, actor }: AccountContext) {
  return db
    .selectFrom('sandbox_drop')
    .innerJoin('zone', 'zone.name', 'sandbox_drop.zone')
    .selectAll('sandbox_drop')
    .select(
      sql<Date>`drops_at + make_interval(secs => late_seconds + grace_seconds + ${SETTLED_SECONDS})`.as(
        'ends_at',
      ),
    )
    .where('account_id', '=', actor.accountId)
}

type Drop = Awaited<ReturnType<ReturnType<typeof selectDrops>['execute']>>[number]

async function viewDrops(ctx: AccountContext, drops: readonly Drop[]): Promise<readonly SandboxDropView[]> {
  const names = await readNames(
    ctx,
    drops.map(({ id }) => id),
  )
  return drops.map((drop) => ({
    id: drop.id,
    state: drop.ended_at !== null ? 'ended' : drop.listed_at === null ? 'preparing' : 'running',
    timeScale: drop.time_scale,
    createdAt: drop.created_at,
    dropsAt: drop.drops_at,
    endsAt: drop.ends_at,
    names: names.get(drop.id) ?? [],
  }))
}

async function readNames(
  { db, actor }: AccountContext,
  dropIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DroppingName[]>> {
  const { rows } = await sql<DroppingName & { readonly dropId: string }>`
    select sandbox_drop.id as "dropId", asked.name, listing.state as "listingState", cutoff_at as "cutoffAt", drop_from as "dropFrom",
      drop_to as "dropTo", own.id as "backorderId"
    from sandbox_drop
      cross join lateral (select label || '.' || zone as name, place from unnest(labels) with ordinality as each (label, place)) as asked
      left join lateral (select * from listing where listing.name = asked.name and ${isListed()} order by cycle desc limit 1)
        as listing on true
      left join lateral (select id from backorder
        where listing_id = listing.id and backorder.account_id = ${actor.accountId}::uuid order by created_at desc limit 1) as own on true
    where sandbox_drop.id = any(${[...dropIds]}::uuid[])
    order by sandbox_drop.id, place`.execute(db)
  return Map.groupBy(rows, ({ dropId }) => dropId)
}
