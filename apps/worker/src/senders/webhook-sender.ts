import type { DueDelivery } from '@droplock/core/deliveries/claim-due'
import type { DeliveryResult } from '@droplock/core/deliveries/record'
import type { Event } from '@droplock/core/events/feed'
import type { WebhookSecretKeys } from '@droplock/core/webhook-endpoints/secret'
import type { PostAnswer, PostRequest, WebhookPost } from '@droplock/webhooks/post'
import { Webhook } from 'standardwebhooks'
import type { Sender } from '../events/event-jobs.ts'

/** Taking an event is a matter of a moment; well within the lease of a delivery. Milliseconds. */
const answerMsMax = 15_000

/** By Standard Webhooks: the endpoint is gone for good. */
const GONE = 410

type Receiver = DueDelivery['receiver']

type WebhookTerms = {
  /** The secrets of operators' receivers, by the names that they use. Of several each signs. */
  readonly secrets: Readonly<Record<string, readonly string[]>>
  /** Posts to any address: the operators' receivers may be internal. */
  readonly post: WebhookPost['post']
  /** Of accounts' endpoints. Left out: nothing is sent to them. */
  readonly endpoints?: { readonly keys: WebhookSecretKeys; readonly post: WebhookPost['post'] } | undefined
  /** Milliseconds. */
  readonly msMax?: number
}

/**
 * Posts events as Standard Webhooks: `webhook-id` is the event's, the same for every attempt. They are signed with the receiver's secret;
 * after a rotation with both that are valid, the newest first. Redirects are not followed. What is sent to accounts' endpoints passes a
 * guard that keeps them out of the network (ADR 29).
 */
export function createWebhookSender({ secrets, post, endpoints, msMax = answerMsMax }: WebhookTerms): Sender {
  return async (delivery, signal) => {
    const { receiver, event } = delivery
    const way =
      receiver.secrets === null
        ? withNamedSecret(receiver, secrets, post)
        : withDerivedSecrets(receiver, endpoints)
    // Never without a signature: a receiver that takes one takes any.
    if (typeof way === 'string') return { kind: 'failed', failure: way }
    const body = writeBody(event)
    const limit = AbortSignal.timeout(msMax)
    const request = {
      url: receiver.address,
      headers: { 'Content-Type': 'application/json', ...sign(way.secrets, event.id, body) },
      body,
      signal: AbortSignal.any([signal, limit]),
    }
    return resultOf(await sendInTime(way.post, request, limit, msMax))
  }
}

async function sendInTime(
  post: WebhookPost['post'],
  request: PostRequest,
  limit: AbortSignal,
  msMax: number,
): Promise<PostAnswer> {
  try {
    return await post(request)
  } catch (error) {
    if (limit.aborted) throw new Error(`no answer within ${msMax / 1_000} seconds`, { cause: error })
    throw error
  }
}

function resultOf({ status, beginning }: PostAnswer): DeliveryResult {
  const answered = { status, answer: `${status} ${beginning}`.trim() }
  if (status >= 200 && status < 300) return { kind: 'delivered', ...answered }
  return { kind: 'failed', failure: `answered ${status}`, ...answered, isFinal: status === GONE }
}

/** What signs and what posts, or why nothing is sent. */
type Way = { readonly secrets: readonly string[]; readonly post: WebhookPost['post'] } | string

function withNamedSecret(
  { secretReference }: Receiver,
  secrets: WebhookTerms['secrets'],
  post: WebhookPost['post'],
): Way {
  const name = secretReference ?? ''
  const named = Object.hasOwn(secrets, name) ? secrets[name] : undefined
  return named === undefined
    ? `DROPLOCK_WEBHOOK_SECRETS has no secret named "${name}"`
    : { secrets: named, post }
}

function withDerivedSecrets({ id, secrets }: Receiver, endpoints: WebhookTerms['endpoints']): Way {
  const [newest, ...before] = (secrets ?? []).map(({ keyId, salt }) =>
    endpoints?.keys.withId(keyId)?.derive(id, salt),
  )
  if (endpoints === undefined || newest === undefined)
    return 'the key from which its secret was derived is not in use any more: rotate the secret'
  return { secrets: [newest, ...before.filter((secret) => secret !== undefined)], post: endpoints.post }
}

function writeBody({ id, topic, occurredAt, data }: Event): string {
  return JSON.stringify({ id, type: topic, timestamp: occurredAt.toISOString(), data })
}

/** The time is that of the attempt, so that a receiver can refuse a replay. */
function sign(secrets: readonly string[], id: string, body: string): Record<string, string> {
  const now = new Date()
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  }
}
