import type { Event } from '@droplock/core/events/feed'
import { Webhook } from 'standardwebhooks'
import type { Sender } from '../events/event-jobs.ts'

/** Taking an event is a matter of a moment; well within the lease of a delivery. Milliseconds. */
const answerMsMax = 15_000

/** The beginning of an answer is enough for an operator. Bytes. */
const answerBytesMax = 1_000

/** By Standard Webhooks: the endpoint is gone for good. */
const GONE = 410

/**
 * Posts events as Standard Webhooks, signed with the receiver's secret: `webhook-id` is the event's, the same for every attempt.
 * Redirects are not followed. The receivers are the operators' own, so any address will do, an internal one as well; those of
 * resellers will need a guard that keeps them out of the network.
 */
export function createWebhookSender(secrets: Readonly<Record<string, string>>, msMax = answerMsMax): Sender {
  return async ({ receiver, event }, signal) => {
    const name = receiver.secretReference ?? ''
    const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined
    // Never without a signature: a receiver that takes one takes any.
    if (secret === undefined)
      return { kind: 'failed', failure: `DROPLOCK_WEBHOOK_SECRETS has no secret named "${name}"` }
    const body = writeBody(event)
    const response = await fetch(receiver.address, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json', ...sign(secret, event.id, body) },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(msMax)]),
    })
    const { status } = response
    // The status is the answer: whether the rest of it arrives changes nothing.
    const answer = `${status} ${await readBeginning(response).catch(() => '')}`.trim()
    if (response.ok) return { kind: 'delivered', answer }
    return { kind: 'failed', failure: `answered ${status}`, answer, isFinal: status === GONE }
  }
}

function writeBody({ id, topic, occurredAt, data }: Event): string {
  return JSON.stringify({ id, type: topic, timestamp: occurredAt.toISOString(), data })
}

/** The time is that of the attempt, so that a receiver can refuse a replay. */
function sign(secret: string, id: string, body: string): Record<string, string> {
  const now = new Date()
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  }
}

/** And no more: an answer without an end would be kept in memory. */
async function readBeginning({ body }: Response): Promise<string> {
  if (body === null) return ''
  let text = ''
  const decoder = new TextDecoder()
  for await (const part of body) {
    text += decoder.decode(part, { stream: true })
    if (text.length >= answerBytesMax) break
  }
  return text.slice(0, answerBytesMax)
}
