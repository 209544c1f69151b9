import type { Context } from '@droplock/core/context'
import { closeDue } from '@droplock/core/schedule/steps'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { recordOutcome } from '@droplock/core/targets/record-outcome'
import type { TargetOutcome } from '@droplock/core/targets/target-outcome'
import { registryAccountId } from './world.ts'

/** Ends the drop of an ordered name now: past its cut-off, fired, and settled as `endOf` says of its target. */
export async function endDrop(
  ctx: Context,
  name: string,
  endOf: (common: {
    readonly targetId: string
    readonly listingId: string
    readonly registryAccountId: string
  }) => TargetOutcome,
): Promise<void> {
  const past = new Date(Date.now() - 1_000)
  await ctx.db
    .updateTable('listing')
    .set({ cutoff_at: past, drop_from: past })
    .where('name', '=', name)
    .execute()
  await closeDue(ctx)
  const target = await ctx.db
    .selectFrom('catch_target')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  await beginFiring(ctx, [target.id])
  await recordOutcome(ctx, endOf({ targetId: target.id, listingId: target.listing_id, registryAccountId }))
}
