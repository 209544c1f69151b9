import { tryAgainMs } from '@droplock/rules/payments'
import type { Answer, PaymentProvider } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { applyIntent } from './apply-intent.ts'
import { createIntent } from './ask.ts'

type Task = {
  readonly id: string
  readonly kind: 'create_intent' | 'cancel_intent'
  readonly paymentId: string
  readonly attempts: number
}

/**
 * Sends one filed request to the provider. Returns whether there was one. Claimed SKIP LOCKED, with its next attempt set first, so
 * another worker goes on if this one dies. Not in a transaction.
 */
export async function runProviderTask(ctx: Context, provider: PaymentProvider): Promise<boolean> {
  const task = await claimDueTask(ctx)
  if (task === undefined) return false
  const answer = await (task.kind === 'cancel_intent'
    ? cancelIntent(ctx, provider, task.paymentId)
    : createIntent(ctx, provider, task.paymentId))
  await recordAnswer(ctx, task, answer)
  return true
}

async function claimDueTask(ctx: Context): Promise<Task | undefined> {
  const { rows } = await sql<Task>`
    update provider_task set attempts = attempts + 1,
      try_after = clock_timestamp() + ${tryAgainMs(1)} * interval '1 millisecond'
    where id = (select id from provider_task where done_at is null and try_after <= statement_timestamp()
      order by try_after limit 1 for update skip locked)
    returning id, kind, payment_id as "paymentId", attempts`.execute(ctx.db)
  return rows[0]
}

/** Where the provider's id is unknown the payment is requested again first: under its idempotency key that returns the existing one. */
async function cancelIntent(
  ctx: Context,
  provider: PaymentProvider,
  paymentId: string,
): Promise<Answer<unknown>> {
  const payment = await ctx.db
    .selectFrom('payment')
    .select('provider_id')
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow()
  let providerId = payment.provider_id
  if (providerId === null) {
    const created = await createIntent(ctx, provider, paymentId)
    if (created.kind !== 'done') return created
    providerId = created.value.providerId
  }
  const canceled = await provider.cancelIntent(providerId)
  // Declined because it is paid, or its bank is deciding: then its state is fetched, and applying it decides about the money.
  const answer = canceled.kind === 'declined' ? await provider.getIntent(providerId) : canceled
  if (answer.kind !== 'done') return answer
  await applyIntent(ctx, provider.name, answer.value)
  // A bank that refuses the card later would leave the payment open for another one.
  return answer.value.state === 'processing' ? { kind: 'ambiguous', reason: 'in_progress' } : answer
}

/** Declined and unknown are final. An ambiguous or rejected request is sent again later. */
async function recordAnswer(ctx: Context, task: Task, answer: Answer<unknown>): Promise<void> {
  const isDone = answer.kind === 'done' || answer.kind === 'declined' || answer.reason === 'not_found'
  const failure = answer.kind === 'done' ? null : answer.reason
  await sql`
    update provider_task set failure = ${failure},
      done_at = case when ${isDone} then coalesce(done_at, clock_timestamp()) end,
      try_after = clock_timestamp() + ${tryAgainMs(task.attempts)} * interval '1 millisecond'
    where id = ${task.id}`.execute(ctx.db)
}
