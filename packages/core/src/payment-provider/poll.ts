import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { applyIntent, pollAfter } from './apply-intent.ts'

/**
 * Polls the provider for one unpaid payment without news for a while, so that a lost webhook delays a payment and loses none. Returns
 * whether there was one. Not in a transaction.
 */
export async function pollPayment(ctx: Context, provider: PaymentProvider): Promise<boolean> {
  const due = await ctx.db
    .selectFrom('payment')
    .select(['id', 'polls'])
    .where('provider', '=', provider.name)
    .where('state', 'in', ['requires_action', 'processing', 'failed'])
    .where('poll_after', '<=', sql<Date>`statement_timestamp()`)
    .orderBy('poll_after')
    .limit(1)
    .executeTakeFirst()
  if (due === undefined) return false
  // Setting the next poll first is also the claim: one worker succeeds.
  const claimed = await ctx.db
    .updateTable('payment')
    .set({ polls: due.polls + 1, poll_after: pollAfter(due.polls + 1, await databaseTime(ctx.db)) })
    .where('id', '=', due.id)
    .where('polls', '=', due.polls)
    .returning('provider_id')
    .executeTakeFirst()
  if (claimed?.provider_id == null) return true
  const answer = await provider.getIntent(claimed.provider_id)
  if (answer.kind === 'done') await applyIntent(ctx, provider.name, answer.value)
  return true
}
