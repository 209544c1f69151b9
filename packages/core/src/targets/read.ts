import { sql } from 'kysely'
import { handlesOfOrder } from '../account-contacts/of-orders.ts'
import type { Context } from '../context.ts'

/**
 * The targets that a catcher works on: every undecided one of the registry whose window starts before the given time, also those of
 * windows long past (a catcher that was down still decides them), with the settings of its zone, and whether operators withdrew it. Of
 * `known`, the ids of targets that the catcher has already, also those that a moved schedule has disarmed or moved beyond that time: it
 * must not go on with them. In order of service: order time, then listing id; never price.
 */
export async function listUndecidedTargets(
  ctx: Context,
  registryId: string,
  startingBefore: Date,
  known: readonly string[] = [],
) {
  return ctx.db
    .selectFrom('catch_target')
    .innerJoin('listing', 'listing.id', 'catch_target.listing_id')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .innerJoin('backorder', 'backorder.id', 'catch_target.backorder_id')
    .selectAll('catch_target')
    .select(['zone.name as zone', 'zone.may_have_premium', 'zone.rdap_url', 'zone.contact_roles'])
    .select([
      'zone.release',
      'zone.early_seconds',
      'zone.late_seconds',
      'zone.grace_full_seconds',
      'zone.grace_probe_seconds',
      'zone.grace_share_percent',
    ])
    .select(handlesOfOrder(sql`catch_target.registry_id`).as('own_contacts'))
    .select(sql<boolean>`exists (select from withdrawal where listing_id = listing.id)`.as('withdrawing'))
    .where('catch_target.registry_id', '=', registryId)
    .where((eb) =>
      eb.or([
        eb.and([
          eb('catch_target.state', 'in', ['armed', 'firing', 'ambiguous', 'awaiting_award']),
          eb('catch_target.drop_from', '<=', startingBefore),
        ]),
        // Whatever its window is now.
        eb.and([
          eb('catch_target.state', 'in', ['firing', 'ambiguous', 'awaiting_award']),
          sql<boolean>`exists (select from withdrawal where listing_id = listing.id)`,
        ]),
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

export type UndecidedTarget = Awaited<ReturnType<typeof listUndecidedTargets>>[number]

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
