import { Refusal } from '@droplock/rules/refusals'
import { changeWithAudit } from '../audit/change.ts'
import { nameOf, type OperatorContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'

type UnblockName = { readonly id: string; readonly reason: string }

/**
 * Ends a block: the next list that carries the name lists it again. Throws Refusal: forbidden, reason_required, block_not_found,
 * block_ended, try_again.
 */
export async function unblockName(ctx: OperatorContext, { id, reason: given }: UnblockName): Promise<void> {
  const change = { permission: 'names:withdraw', subject: ['blocked_name', id], reason: given } as const
  await changeWithAudit(ctx, change, async (tx, reason) => {
    const block = await tx
      .selectFrom('blocked_name')
      .select(['name', 'ended_at', 'until_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (block === undefined) throw new Refusal('block_not_found', 'No such block.', { id })
    const now = await databaseTime(tx)
    if (block.ended_at !== null || (block.until_at !== null && block.until_at <= now))
      throw new Refusal('block_ended', 'It ended before.')
    await tx
      .updateTable('blocked_name')
      .set({ ended_at: now, ended_by: nameOf(ctx.actor), end_reason: reason })
      .where('id', '=', id)
      .execute()
    return { action: 'name.unblocked', before: { name: block.name, until_at: block.until_at } }
  })
}
