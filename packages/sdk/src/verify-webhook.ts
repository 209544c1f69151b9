import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import type { Event } from './events.ts'

/** The body of a webhook: an event without its cursor. */
export type WebhookEvent = WithoutCursor<Event>

type WithoutCursor<Each> = Each extends unknown ? Omit<Each, 'cursor'> : never

export { WebhookVerificationError }

type Headers = Readonly<Record<string, string | readonly string[] | undefined>> | globalThis.Headers

/**
 * Verifies a webhook by Standard Webhooks and returns its event. `body`: the text as it came, before any JSON was read. `secrets`: the
 * `whsec_…` of the endpoint; while it is rotated, webhooks have two signatures, and either secret verifies them. The time of the attempt
 * must be within five minutes of this machine's clock, so that a webhook that somebody recorded is refused later. Deal with each `id` once:
 * a webhook may come again. Throws WebhookVerificationError: answer it with 400.
 */
export function verifyWebhook(
  body: string,
  headers: Headers,
  secrets: string | readonly string[],
): WebhookEvent {
  const all = typeof secrets === 'string' ? [secrets] : secrets
  const signed = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, headerOf(headers, name)]),
  )
  let refused: unknown = new WebhookVerificationError('no secret was given')
  for (const secret of all) {
    try {
      return new Webhook(secret).verify(body, signed) as WebhookEvent
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error
      refused = error
    }
  }
  throw refused
}

function headerOf(headers: Headers, name: string): string {
  if (headers instanceof globalThis.Headers) return headers.get(name) ?? ''
  const value = headers[name]
  return typeof value === 'string' ? value : (value?.join(' ') ?? '')
}
