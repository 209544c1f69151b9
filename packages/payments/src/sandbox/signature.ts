import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  type RejectedWebhook,
  type WebhookEvent,
  type WebhookHeaders,
  webhookAgeMsMax,
} from '@droplock/rules/ports/payments'
import { eventView } from './protocol.ts'

/** `t` is seconds since 1970, `v1` the HMAC-SHA-256 in hex of `t`, a full stop and the body. */
const signatureHeader = 'droplock-sandbox-signature'

export function signWebhook(secret: string, body: string, now: Date): Record<string, string> {
  const t = Math.floor(now.getTime() / 1_000)
  return { [signatureHeader]: `t=${t},v1=${digest(secret, String(t), Buffer.from(body)).toString('hex')}` }
}

/** Checks signature and age of a sandbox event. */
export function parseSandboxWebhook(
  secret: string,
  rawBody: Uint8Array,
  headers: WebhookHeaders,
  now: Date,
): WebhookEvent | RejectedWebhook {
  const header = headers.get(signatureHeader)
  if (header === null) return { kind: 'rejected', reason: 'no_signature' }
  const [, t = '', v1 = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? []
  if (t === '' || !timingSafeEqual(Buffer.from(v1, 'hex'), digest(secret, t, rawBody))) {
    return { kind: 'rejected', reason: 'bad_signature' }
  }
  const ageMs = now.getTime() - Number(t) * 1_000
  if (ageMs > webhookAgeMsMax) return { kind: 'rejected', reason: 'too_old' }
  if (ageMs < -webhookAgeMsMax) return { kind: 'rejected', reason: 'from_the_future' }
  const event = eventView.safeParse(parseJson(rawBody))
  if (!event.success) return { kind: 'rejected', reason: 'unreadable' }
  const { id: eventId, about, object: objectId } = event.data
  return { kind: 'event', eventId, about, objectId }
}

function digest(secret: string, t: string, body: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${t}.`).update(body).digest()
}

function parseJson(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
  } catch {
    return undefined
  }
}
