import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Client, createClient } from '@droplock/sdk/client'
import { followEvents } from '@droplock/sdk/events'
import { verifyWebhook } from '@droplock/sdk/verify-webhook'

/** When the reseller was notified of each order's result, by the order's id: every time. Unix milliseconds. */
export type Notified = ReadonlyMap<string, readonly number[]>

/** How a reseller is notified. */
export type Way = 'stream' | 'webhook'

export type Reseller = AsyncDisposable & {
  readonly client: Client
  readonly notified: Readonly<Record<Way, Notified>>
}

const types = ['backorder.successful', 'backorder.failed'] as const

/** A reseller that follows its events by the SDK, and has a webhook endpoint that verifies what it is sent. */
export async function startReseller(options: {
  readonly baseUrl: string
  readonly apiKey: string
}): Promise<Reseller> {
  const client = createClient(options)
  const notified = { stream: new Map<string, number[]>(), webhook: new Map<string, number[]>() }
  const stopping = new AbortController()
  const following = follow({ ...options, signal: stopping.signal }, notified.stream)
  const endpoint = await receive(client, notified.webhook)
  return {
    client,
    notified,
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await following
      endpoint.close()
      endpoint.closeAllConnections()
    },
  }
}

type Notifications = Map<string, number[]>

function note(notified: Notifications, id: string): void {
  notified.set(id, [...(notified.get(id) ?? []), Date.now()])
}

async function follow(
  options: { readonly baseUrl: string; readonly apiKey: string; readonly signal: AbortSignal },
  notified: Notifications,
): Promise<void> {
  for await (const event of followEvents({ ...options, types }))
    if (event.type === 'backorder.successful' || event.type === 'backorder.failed')
      note(notified, event.data.id)
}

async function receive(client: Client, notified: Notifications) {
  let secret = ''
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    const event = verifyWebhook(body, request.headers, secret)
    if (event.type === 'backorder.successful' || event.type === 'backorder.failed')
      note(notified, event.data.id)
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  const wanted = { url: `http://127.0.0.1:${port}/`, topics: [...types] }
  const made = await client.post('/v1/webhook-endpoints', { body: wanted })
  secret = made.secret ?? ''
  return server
}
