import { tryAgainMs } from '@droplock/rules/payments'
import type { Answer, PaymentProvider, WebhookEvent } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { applyDispute } from '../disputes/apply.ts'
import { applyRefund } from '../refunds/apply.ts'
import { applyIntent } from './apply-intent.ts'

/**
 * Stores a verified event before it is handled, so that the provider is answered at once. Returns whether it is new: a copy adds
 * nothing.
 */
export async function recordProviderEvent(
  ctx: Context,
  provider: PaymentProvider['name'],
  event: WebhookEvent,
): Promise<boolean> {
  const { rows } = await sql`
    insert into provider_event (provider, event_id, about, object_id, received_at, try_after)
    select ${provider}, ${event.eventId}, ${event.about}, ${event.objectId}, at, at from (select clock_timestamp() as at) as clock
    on conflict (provider, event_id) do nothing returning event_id`.execute(ctx.db)
  if (rows.length === 1) noteWork(ctx.db)
  return rows.length === 1
}

type Event = {
  readonly eventId: string
  readonly about: 'payment' | 'refund' | 'dispute' | 'other'
  readonly objectId: string
  readonly attempts: number
}

/**
 * Handles one stored event: fetches the current state of its object and applies it. Returns whether there was one. Claimed SKIP LOCKED,
 * with its next attempt set first; an event that could not be applied is tried again. Not in a transaction.
 */
export async function handleProviderEvent(ctx: Context, provider: PaymentProvider): Promise<boolean> {
  const event = await claimDueEvent(ctx, provider)
  if (event === undefined) return false
  const result = await applyObject(ctx, provider, event)
  // An object that the provider does not know stays unknown; any other missing answer is asked for again.
  const isHandled = result.kind === 'done' || result.kind === 'declined' || result.reason === 'not_found'
  await sql`
    update provider_event set failure = ${result.kind === 'done' ? result.value : result.reason},
      handled_at = case when ${isHandled} then clock_timestamp() end,
      try_after = clock_timestamp() + ${tryAgainMs(event.attempts)} * interval '1 millisecond'
    where provider = ${provider.name} and event_id = ${event.eventId}`.execute(ctx.db)
  return true
}

async function claimDueEvent(ctx: Context, provider: PaymentProvider): Promise<Event | undefined> {
  const { rows } = await sql<Event>`
    update provider_event set attempts = attempts + 1,
      try_after = clock_timestamp() + ${tryAgainMs(1)} * interval '1 millisecond'
    where provider = ${provider.name} and event_id = (select event_id from provider_event
      where provider = ${provider.name} and handled_at is null and try_after <= statement_timestamp()
      order by try_after limit 1 for update skip locked)
    returning event_id as "eventId", about, object_id as "objectId", attempts`.execute(ctx.db)
  return rows[0]
}

/** `value`: a note for the event where its object was not applied; null where it was. */
type Applied = Answer<string | null>

const done = (value: string | null): Applied => ({ kind: 'done', value })
const noteOf = (applied: string): Applied =>
  done(applied === 'unknown' || applied === 'unexpected' ? applied : null)

async function applyObject(
  ctx: Context,
  provider: PaymentProvider,
  { about, objectId }: Event,
): Promise<Applied> {
  switch (about) {
    case 'payment':
      return applyPayment(ctx, provider, objectId)
    case 'refund': {
      const answer = await provider.getRefund(objectId)
      return answer.kind === 'done' ? noteOf(await applyRefund(ctx, answer.value)) : answer
    }
    case 'dispute':
      return applyDisputeOf(ctx, provider, objectId)
    case 'other':
      return done(null)
  }
}

async function applyPayment(ctx: Context, provider: PaymentProvider, providerId: string): Promise<Applied> {
  const answer = await provider.getIntent(providerId)
  return answer.kind === 'done' ? noteOf(await applyIntent(ctx, provider.name, answer.value)) : answer
}

/** A dispute may be reported before its payment was: then the payment is applied first. */
async function applyDisputeOf(ctx: Context, provider: PaymentProvider, objectId: string): Promise<Applied> {
  const answer = await provider.getDispute(objectId)
  if (answer.kind !== 'done') return answer
  const applied = await applyDispute(ctx, provider.name, answer.value)
  if (applied !== 'unknown') return noteOf(applied)
  const payment = await applyPayment(ctx, provider, answer.value.providerPaymentId)
  return payment.kind === 'done' ? noteOf(await applyDispute(ctx, provider.name, answer.value)) : payment
}
