import type { Context } from '../context.ts'

/**
 * The targets a catcher has to work on: every undecided one of the registry whose window starts within `leadMs`, those of
 * windows long past included (a catcher that was down still decides them). In order of service: order time, then listing
 * id; price never counts.
 */
export async function listUndecidedTargets(ctx: Context, registryId: string, startingBefore: Date) {
  return ctx.db
    .selectFrom('catch_target')
    .selectAll()
    .where('registry_id', '=', registryId)
    .where('state', 'in', ['armed', 'firing', 'ambiguous', 'awaiting_award'])
    .where('drop_from', '<=', startingBefore)
    .orderBy('ordered_at')
    .orderBy('listing_id')
    .execute()
}

export type UndecidedTarget = Awaited<ReturnType<typeof listUndecidedTargets>>[number]
