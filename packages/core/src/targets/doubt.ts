import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { lockedInOrder } from './lock.ts'

/** Marks firing targets ambiguous: a create was sent and its answer is unknown. Nothing is refunded until `info` tells. */
export async function doubtTargets(ctx: Context, targetIds: readonly string[]): Promise<void> {
  if (targetIds.length === 0) return
  await sql`
    with locked as ${lockedInOrder(targetIds, 'firing')}
    update catch_target set state = 'ambiguous' from locked where catch_target.id = locked.id`.execute(ctx.db)
}
