import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import { sql } from 'kysely'
import { handlesOfOrder } from '../account-contacts/of-orders.ts'
import type { Context } from '../context.ts'

/** Whose targets: our account at a registry. */
type OfAccount = { readonly id: string; readonly registryId: string }

/**
 * The targets that the catcher of an account works on: every undecided one of the registry whose window starts before the given time,
 * also those of windows long past (a catcher that was down still decides them), with the settings of its zone, and whether operators
 * withdrew it. `state` is that of this account (`stateOfAccount`): a target that only others try is `armed`, and one that this account
 * has nothing left to try at is left out. Of `known`, the ids of targets that the catcher has already, also those that a moved schedule
 * has disarmed or moved beyond that time: it must not go on with them. In order of service: order time, then listing id; never price.
 * `among`: only these ids.
 */
export async function listUndecidedTargets(
  ctx: Context,
  { id, registryId }: OfAccount,
  startingBefore: Date,
  known: readonly string[] = [],
  among?: readonly string[],
) {
  const isAmong =
    among === undefined ? sql<boolean>`true` : sql<boolean>`catch_target.id = any(${[...among]}::uuid[])`
  return ctx.db
    .selectFrom('catch_target')
    .innerJoin('listing', 'listing.id', 'catch_target.listing_id')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .innerJoin('backorder', 'backorder.id', 'catch_target.backorder_id')
    .leftJoin('target_try as own', (join) =>
      join
        .onRef('own.target_id', '=', 'catch_target.id')
        .onRef('own.arming', '=', 'catch_target.arming')
        .on('own.registry_account_id', '=', id),
    )
    .selectAll('catch_target')
    .select(stateOfAccount.as('state'))
    .select('own.awarded')
    .select(['zone.name as zone', 'zone.may_have_premium', 'zone.rdap_url', 'zone.contact_roles'])
    .select([
      'zone.release',
      'zone.early_seconds',
      'zone.late_seconds',
      'zone.grace_full_seconds',
      'zone.grace_probe_seconds',
      'zone.grace_share_percent',
    ])
    .select(handlesOfOrder(sql`${id}`).as('own_contacts'))
    .select(isWithdrawing.as('withdrawing'))
    .where((eb) => eb.or([eb('own.state', 'is', null), eb('own.state', '<>', 'ended')]))
    .where('catch_target.registry_id', '=', registryId)
    .where(isAmong)
    .where((eb) =>
      eb.or([
        eb.and([
          eb('catch_target.state', 'in', ['armed', 'firing', 'ambiguous', 'awaiting_award']),
          eb('catch_target.drop_from', '<=', startingBefore),
        ]),
        // Whatever its window is now.
        eb.and([eb('catch_target.state', 'in', ['firing', 'ambiguous', 'awaiting_award']), isWithdrawing]),
        eb.and([
          sql<boolean>`catch_target.id = any(${[...known]}::uuid[])`,
          eb('catch_target.state', 'in', ['armed', 'firing', 'ambiguous', 'awaiting_award', 'disarmed']),
        ]),
      ]),
    )
    .orderBy('catch_target.ordered_at')
    .orderBy('catch_target.listing_id')
    .execute()
}

const isWithdrawing = sql<boolean>`exists (select from withdrawal where listing_id = listing.id)`

/**
 * Every account asks what became of a drop that has no tries: it was begun by a process of a release that wrote none, whose creates may
 * have taken effect. The same is true of a name that operators withdrew after its drop had begun.
 */
const stateOfAccount = sql<UndecidedState>`case
  when catch_target.state in ('armed', 'disarmed') then catch_target.state
  when own.state is not null then own.state
  when not exists (select from target_try as try where try.target_id = catch_target.id and try.arming = catch_target.arming)
    then catch_target.state
  when ${isWithdrawing} then 'firing' else 'armed' end`

type UndecidedState = Extract<
  CatchTargetState,
  'armed' | 'firing' | 'ambiguous' | 'awaiting_award' | 'disarmed'
>

export type UndecidedTarget = Awaited<ReturnType<typeof listUndecidedTargets>>[number]

/** A moment in the order of transactions: what was committed before is known to who has looked then. */
export type LookedAt = string

type Changes = {
  /** When the next look begins. */
  readonly lookedAt: LookedAt
  /** The zones of the registry, which every target of them shows. */
  readonly zonesChanged: boolean
  /** The targets that are or were undecided. */
  readonly changed: readonly string[]
  readonly decided: readonly string[]
}

type Look = {
  /** When the last one began. */
  readonly lookedAt: LookedAt
  /** Windows that have come near since then: they start after the first of these times, and not after the second. */
  readonly startingAfter: Date
  readonly startingBefore: Date
}

/** A moment before which everything was committed that a following read sees. */
export async function readLookedAt(ctx: Context): Promise<LookedAt> {
  const { rows } = await sql<{ lookedAt: LookedAt }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as "lookedAt"`.execute(ctx.db)
  const [row] = rows
  if (row === undefined) throw new Error('there is no snapshot')
  return row.lookedAt
}

/** A target that was decided earlier than this before it is looked for is found by a complete reading only. */
const DECIDED_SECONDS_MAX = 60

/**
 * The targets of which `listUndecidedTargets` shows something else than at the last look, except for the contacts of orders: few of
 * thousands, half of which it would read for nothing. A row version is new when its transaction was not committed at the last look
 * (`xmin`), whatever its clock said; what runs for long has rows read once more. Of an earlier look at another server, after a failover,
 * the answer is of no use.
 */
export async function findChangedTargets(
  ctx: Context,
  { id, registryId }: OfAccount,
  { lookedAt, startingAfter, startingBefore }: Look,
): Promise<Changes> {
  const isNew = (table: string) =>
    sql<boolean>`age(${sql.ref(`${table}.xmin`)}) <= age(${lookedAt}::xid8::xid)`
  const { rows } = await sql<Changes>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as "lookedAt",
      exists (select from zone where registry_id = ${registryId} and ${isNew('zone')}) as "zonesChanged",
      array(
        select target.id from catch_target as target left join target_try as own
          on own.target_id = target.id and own.registry_account_id = ${id}
        where target.registry_id = ${registryId} and target.state in ('armed', 'firing', 'ambiguous', 'awaiting_award', 'disarmed')
          and (${isNew('target')} or ${isNew('own')}
            or (target.drop_from > ${startingAfter} and target.drop_from <= ${startingBefore})
            or target.listing_id in (select listing_id from withdrawal where ${isNew('withdrawal')}))) as changed,
      array(
        select id from catch_target as target where registry_id = ${registryId}
          and decided_at > statement_timestamp() - make_interval(secs => ${DECIDED_SECONDS_MAX}) and attempts_removed_at is null
          and ${isNew('target')}) as decided`.execute(ctx.db)
  const [changes] = rows
  if (changes === undefined) throw new Error('nothing was read')
  return changes
}

type NextDrop = {
  readonly registryAccountId: string
  /** Until the earliest window of an armed target opens; negative while it is open. */
  readonly seconds: number
}

/** When the next window of each registry account opens; accounts without armed targets are left out. */
export async function readNextDrops(ctx: Context): Promise<readonly NextDrop[]> {
  const { rows } = await sql<NextDrop>`
    select account.id as "registryAccountId", extract(epoch from min(target.drop_from) - statement_timestamp())::float8 as seconds
    from catch_target as target join registry_account as account on account.registry_id = target.registry_id
    where target.state = 'armed' group by account.id`.execute(ctx.db)
  return rows
}
