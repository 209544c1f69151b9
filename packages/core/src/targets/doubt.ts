import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** Marks firing targets ambiguous: a create was sent and its answer is unknown. Nothing is refunded until `info` tells. */
export async function doubtTargets(ctx: Context, targetIds: readonly string[]): Promise<void> {
  if (targetIds.length === 0) return
  await sql`
    update catch_target set state = 'ambiguous' where id = any(${[...targetIds]}::uuid[]) and state = 'firing'`.execute(
    ctx.db,
  )
}
