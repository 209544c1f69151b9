import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { applyIntent, pollAfter } from './apply-intent.ts'

/**
 * Asks the provider about one unpaid payment of which it told nothing for a while: a lost webhook delays a payment and loses
 * none. Whether there was one to ask about. Not in a transaction.
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
  // The next look is fixed before this one, and by one worker only: it is also the claim.
  const taken = await ctx.db
    .updateTable('payment')
    .set({ polls: due.polls + 1, poll_after: pollAfter(due.polls + 1, await databaseTime(ctx.db)) })
    .where('id', '=', due.id)
    .where('polls', '=', due.polls)
    .returning('provider_id')
    .executeTakeFirst()
  if (taken?.provider_id == null) return true
  const answer = await provider.getIntent(taken.provider_id)
  if (answer.kind === 'done') await applyIntent(ctx, provider.name, answer.value)
  return true
}
