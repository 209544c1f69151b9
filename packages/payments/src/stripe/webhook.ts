import {
  type RejectedWebhook,
  type WebhookEvent,
  type WebhookHeaders,
  webhookAgeMsMax,
} from '@droplock/rules/ports/payments'
import { Stripe } from 'stripe'
import { z } from 'zod'

/** The part of an event that is used. The rest is a state that may be outdated. */
const eventSchema = z.object({
  id: z.string().min(1),
  type: z.string(),
  livemode: z.boolean(),
  data: z.object({ object: z.object({ id: z.string().default(''), object: z.string() }) }),
})

const aboutByObject: ReadonlyMap<string, WebhookEvent['about']> = new Map([
  ['payment_intent', 'payment'],
  ['refund', 'refund'],
  ['dispute', 'dispute'],
])

type WebhookSettings = { readonly secret: string; readonly live: boolean }

/**
 * Checks the signature over the body as received, its age and its mode: events of Stripe's test mode must not change live
 * data.
 */
export function parseStripeWebhook(
  { secret, live }: WebhookSettings,
  rawBody: Uint8Array,
  headers: WebhookHeaders,
  now: Date,
): WebhookEvent | RejectedWebhook {
  const header = headers.get('stripe-signature')
  if (header === null) return { kind: 'rejected', reason: 'no_signature' }
  // The library distinguishes a wrong signature from an old one by its message only. A second check does not depend on words.
  const ageSecondsMax = webhookAgeMsMax / 1_000
  if (!isSigned(rawBody, header, secret, ageSecondsMax, now)) {
    const genuine = isSigned(rawBody, header, secret, anyAge, now)
    return { kind: 'rejected', reason: genuine ? 'too_old' : 'bad_signature' }
  }
  // The library checks the age only: a signature dated years ahead would be accepted for years.
  if (signedAtMs(header) - now.getTime() > webhookAgeMsMax)
    return { kind: 'rejected', reason: 'from_the_future' }
  const parsed = eventSchema.safeParse(parseJson(rawBody))
  if (!parsed.success) return { kind: 'rejected', reason: 'unreadable' }
  const { id: eventId, livemode, data } = parsed.data
  if (livemode !== live) return { kind: 'rejected', reason: 'wrong_mode' }
  return {
    kind: 'event',
    eventId,
    about: aboutByObject.get(data.object.object) ?? 'other',
    objectId: data.object.id,
  }
}

/** The library's value for no limit. */
const anyAge = 0

function isSigned(
  rawBody: Uint8Array,
  header: string,
  secret: string,
  ageSecondsMax: number,
  now: Date,
): boolean {
  try {
    const { signature } = Stripe.webhooks
    return signature?.verifyHeader(rawBody, header, secret, ageSecondsMax, undefined, now.getTime()) === true
  } catch {
    return false
  }
}

/** The time of signing in a verified header. Milliseconds since 1970. */
function signedAtMs(header: string): number {
  const [, seconds = '0'] = /(?:^|,)t=(\d+)/.exec(header) ?? []
  return Number(seconds) * 1_000
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
  } catch {
    return undefined
  }
}
