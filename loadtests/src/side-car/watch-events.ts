import { createServer, type IncomingMessage } from 'node:http'
import { createClient } from '@droplock/sdk/client'
import { type Event, type EventOf, followEvents } from '@droplock/sdk/events'
import { verifyWebhook, type WebhookEvent } from '@droplock/sdk/verify-webhook'

/** An event about an order, when it arrived. A soak keeps hundreds of thousands, so it is only what figures need. */
export type Seen = {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly via: 'sse' | 'webhook'
  /** Which of the streams or endpoints. */
  readonly receiver: number
  /** Its reseller's index among the keys. */
  readonly key: number
  readonly eventId: string
  readonly orderId: string
  readonly result: 'secured' | 'successful' | 'failed'
  /** When what it is about happened. Of a failure the event does not say it. Milliseconds since the epoch. */
  readonly happenedAtMs: number | undefined
}

type OrderEvent = Omit<EventOf<(typeof topics)[number]>, 'cursor'>

const topics = ['backorder.secured', 'backorder.successful', 'backorder.failed'] as const

export type Faults = { resyncs: number; unsigned: number }

type Options = {
  readonly gateway: string
  readonly keys: readonly string[]
  readonly streams: number
  readonly onSeen: (seen: Seen) => void
  readonly faults: Faults
  readonly signal: AbortSignal
}

/** Opens so many streams, of the resellers in turn. They connect again by themselves, until `signal` aborts. */
export function openStreams({
  gateway,
  keys,
  streams,
  onSeen,
  faults,
  signal,
}: Options): readonly Promise<void>[] {
  return Array.from({ length: streams }, async (_, index) => {
    const key = index % keys.length
    const follow = { baseUrl: gateway, apiKey: keys[key] ?? '', types: topics, signal }
    for await (const event of followEvents(follow)) {
      const at = Date.now()
      if (event.type === 'resync') {
        faults.resyncs += 1
        continue
      }
      const own = ofOrder(event)
      if (own !== undefined) onSeen({ at, via: 'sse', receiver: index, key, ...own })
    }
  })
}

/** Receives the webhooks of every reseller, each at an endpoint of its own. Resolves when all are registered. */
export async function receiveWebhooks(options: Omit<Options, 'streams'>): Promise<void> {
  const { gateway, keys, onSeen, faults, signal } = options
  const secrets: string[] = []
  const server = createServer(async (request, response) => {
    const key = Number(request.url?.slice(1))
    const body = await textOf(request)
    const at = Date.now()
    try {
      const event = ofOrder(verifyWebhook(body, request.headers, secrets[key] ?? ''))
      if (event !== undefined) onSeen({ at, via: 'webhook', receiver: key, key, ...event })
      response.writeHead(204).end()
    } catch {
      faults.unsigned += 1
      response.writeHead(400).end()
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  signal.addEventListener('abort', () => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the side-car has no port')
  for (const [key, apiKey] of keys.entries()) {
    const url = `http://127.0.0.1:${address.port}/${key}`
    const made = await createClient({ baseUrl: gateway, apiKey }).post('/v1/webhook-endpoints', {
      body: { url, topics: [...topics] },
    })
    secrets.push(made.secret ?? '')
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += part
  return text
}

const results = {
  'backorder.secured': 'secured',
  'backorder.successful': 'successful',
  'backorder.failed': 'failed',
} as const

/** What is kept of an event, if it is about an order and asked for. */
function ofOrder(event: Event | WebhookEvent) {
  if (!topics.some((topic) => topic === event.type)) return undefined
  // The type of an event says what its data are.
  const { id, type, data } = event as OrderEvent
  const happenedAt = {
    'backorder.secured': data.secured_at,
    'backorder.successful': data.settled_at,
    'backorder.failed': undefined,
  }[type]
  return {
    eventId: id,
    orderId: data.id,
    result: results[type],
    happenedAtMs: happenedAt === undefined ? undefined : Date.parse(happenedAt),
  }
}
