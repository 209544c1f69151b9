import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { violated } from '../database/errors.ts'
import { inTransaction } from '../database/transaction.ts'
import { viewWatches, type WatchView } from './view.ts'

/**
 * Has the caller's account watch a name, listed or not; a name that it watches already stays as it was. Throws Refusal:
 * insufficient_scope, watch_limit_reached, try_again.
 */
export async function watchName(ctx: AccountContext, name: string): Promise<WatchView> {
  requireScope(ctx, 'backorders:write')
  const { accountId } = ctx.actor
  return inTransaction(ctx.db, async (tx) => {
    // Changes nothing where it is there, and locks it all the same, so that the row is told.
    const row = await tx
      .insertInto('watch')
      .values({ account_id: accountId, name })
      .onConflict((conflict) => conflict.constraint('one_watch_per_name').doUpdateSet({ name }))
      .returning(['name', 'created_at'])
      .executeTakeFirstOrThrow()
    const [view] = await viewWatches({ ...ctx, db: tx }, [row])
    return view ?? { name, createdAt: row.created_at, listing: null }
  }).catch(refuseBeyondLimit)
}

function refuseBeyondLimit(error: unknown): never {
  if (!violated(error, 'watches_within_limit')) throw error
  throw new Refusal('watch_limit_reached', 'Take a name off the list first.')
}
