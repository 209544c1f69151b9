import type { Context } from '@droplock/core/context'
import { closeDue } from '@droplock/core/listings/close'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import type { Attempt } from '@droplock/core/targets/record-attempts'
import { settleTarget } from '@droplock/core/targets/settle'
import { registryAccountId } from './world.ts'

/** Creates sent for a target, a millisecond apart: `at-0001`, `at-0002`, … */
function attemptsFor(targetId: string, count: number): readonly Attempt[] {
  const firstMs = Date.parse('2026-02-15T13:00:00.000Z')
  return Array.from({ length: count }, (_, index) => ({
    clTRID: `at-${String(index + 1).padStart(4, '0')}`,
    targetId,
    registryAccountId,
    command: 'create',
    sentAt: new Date(firstMs + index),
    answeredAt: new Date(firstMs + index + 12),
    roundTripUs: 12_000,
    outcome: 'answered',
    code: 2302,
    message: 'Object exists',
    svTRID: `sv-${index + 1}`,
  }))
}

/** An ordered name that was tried `count` times and lost by the attempt `deciding`. */
export async function givenTried(ctx: Context, name: string, count: number, deciding: string): Promise<void> {
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
  await settleTarget(ctx, {
    targetId: target.id,
    listingId: target.listing_id,
    registryAccountId,
    code: 2302,
    decidingClTRID: deciding,
    holderClid: 'rival',
    outcome: 'lost',
    attempts: attemptsFor(target.id, count),
  })
}
