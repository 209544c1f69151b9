import { tryAgainMs } from '@droplock/rules/payments'
import type { Answer, PaymentProvider, WebhookEvent } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { applyDispute } from '../disputes.ts'
import { applyRefund } from '../refunds/apply-refund.ts'
import { applyIntent } from './apply-intent.ts'

/**
 * Stores a verified event before anything is done about it, so that the provider may be answered at once. Whether it is new: a
 * copy adds nothing.
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
 * Handles one stored event: fetches the object it is about, as it is now, and applies that. Whether there was one. Taken SKIP
 * LOCKED with the time of the next try set first; an event is handled once it was applied, and tried again otherwise. Not in
 * a transaction.
 */
export async function handleProviderEvent(ctx: Context, provider: PaymentProvider): Promise<boolean> {
  const event = await takeEvent(ctx, provider)
  if (event === undefined) return false
  const result = await look(ctx, provider, event)
  // What the provider does not know will not come to be known; whatever else was not answered is asked again.
  const isHandled = result.kind === 'done' || result.kind === 'declined' || result.reason === 'not_found'
  await sql`
    update provider_event set failure = ${result.kind === 'done' ? result.value : result.reason},
      handled_at = case when ${isHandled} then clock_timestamp() end,
      try_after = clock_timestamp() + ${tryAgainMs(event.attempts)} * interval '1 millisecond'
    where provider = ${provider.name} and event_id = ${event.eventId}`.execute(ctx.db)
  return true
}

async function takeEvent(ctx: Context, provider: PaymentProvider): Promise<Event | undefined> {
  const { rows } = await sql<Event>`
    update provider_event set attempts = attempts + 1,
      try_after = clock_timestamp() + ${tryAgainMs(1)} * interval '1 millisecond'
    where provider = ${provider.name} and event_id = (select event_id from provider_event
      where provider = ${provider.name} and handled_at is null and try_after <= statement_timestamp()
      order by try_after limit 1 for update skip locked)
    returning event_id as "eventId", about, object_id as "objectId", attempts`.execute(ctx.db)
  return rows[0]
}

/** `value`: what is worth noting of an object that is not ours; null where all is well. */
type Look = Answer<string | null>

const done = (value: string | null): Look => ({ kind: 'done', value })
const noteOf = (applied: string): Look =>
  done(applied === 'unknown' || applied === 'unexpected' ? applied : null)

async function look(ctx: Context, provider: PaymentProvider, { about, objectId }: Event): Promise<Look> {
  switch (about) {
    case 'payment':
      return lookAtPayment(ctx, provider, objectId)
    case 'refund': {
      const told = await provider.getRefund(objectId)
      return told.kind === 'done' ? noteOf(await applyRefund(ctx, told.value)) : told
    }
    case 'dispute':
      return lookAtDispute(ctx, provider, objectId)
    case 'other':
      return done(null)
  }
}

async function lookAtPayment(ctx: Context, provider: PaymentProvider, providerId: string): Promise<Look> {
  const told = await provider.getIntent(providerId)
  return told.kind === 'done' ? noteOf(await applyIntent(ctx, provider.name, told.value)) : told
}

/** A dispute may be told of before the payment was: then that is looked at first. */
async function lookAtDispute(ctx: Context, provider: PaymentProvider, objectId: string): Promise<Look> {
  const told = await provider.getDispute(objectId)
  if (told.kind !== 'done') return told
  const applied = await applyDispute(ctx, provider.name, told.value)
  if (applied !== 'unknown') return noteOf(applied)
  const payment = await lookAtPayment(ctx, provider, told.value.providerPaymentId)
  return payment.kind === 'done' ? noteOf(await applyDispute(ctx, provider.name, told.value)) : payment
}
