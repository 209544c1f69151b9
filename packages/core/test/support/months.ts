import { type Month, monthOf, SETTLED_MS } from '@droplock/rules/months'
import type { Context } from '../../src/context.ts'
import { postingsOf } from '../../src/ledger/post.ts'
import { reconcile } from '../../src/reconciliation/reconcile.ts'
import { givenAccount } from './world.ts'

/** The month so many months before the last one whose predecessor can be closed already, UTC. */
export function monthsAgo(months: number, now = new Date(Date.now() - SETTLED_MS)): Month {
  return monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months)))
}

/** Money received in the middle of a month, as it was posted then. */
export async function givenPosted(ctx: Context, month: Month, amountMinor = 5_000n): Promise<string> {
  const { actor } = await givenAccount(ctx, { balanceMinor: 0n })
  await postAt(ctx, actor.accountId, `${month}-15T12:00:00Z`, amountMinor)
  return actor.accountId
}

export async function postAt(ctx: Context, accountId: string, at: string, amountMinor = 5_000n) {
  const lines = postingsOf({
    cause: 'top_up',
    causeId: ctx.newId(),
    from: 'provider_clearing',
    to: 'customer_balance',
    amountMinor,
    currency: 'USD',
    accountId,
  })
  await ctx.db
    .insertInto('posting')
    .values(lines.map((line) => ({ ...line, posted_at: new Date(at) })))
    .execute()
}

/** A reconciliation that read everything, now. */
export async function givenReconciled(ctx: Context): Promise<void> {
  const terms = { closedAfterMs: 0, lookBackMs: 1, settlingMs: 0, runMsMax: 60_000 }
  await reconcile(ctx, { cause: { kind: 'command' }, reports: [], terms })
}
