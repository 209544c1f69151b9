import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Client, createClient } from '@droplock/sdk/client'
import { followEvents } from '@droplock/sdk/events'
import { verifyWebhook } from '@droplock/sdk/verify-webhook'

/** When the reseller was told of each order's result, by id: Unix milliseconds. */
export type Told = { readonly byStream: Map<string, number>; readonly byWebhook: Map<string, number> }

export type Reseller = AsyncDisposable & { readonly client: Client; readonly told: Told }

const types = ['backorder.successful', 'backorder.failed'] as const

/** A reseller that follows its events by the SDK, and has a webhook endpoint that verifies what it is sent. */
export async function startReseller(options: {
  readonly baseUrl: string
  readonly apiKey: string
}): Promise<Reseller> {
  const client = createClient(options)
  const told: Told = { byStream: new Map(), byWebhook: new Map() }
  const stopping = new AbortController()
  const following = follow({ ...options, signal: stopping.signal }, told.byStream)
  const endpoint = await receive(client, told.byWebhook)
  return {
    client,
    told,
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await following
      endpoint.close()
      endpoint.closeAllConnections()
    },
  }
}

async function follow(
  options: { readonly baseUrl: string; readonly apiKey: string; readonly signal: AbortSignal },
  told: Map<string, number>,
): Promise<void> {
  for await (const event of followEvents({ ...options, types }))
    if (event.type === 'backorder.successful' || event.type === 'backorder.failed')
      told.set(event.data.id, Date.now())
}

async function receive(client: Client, told: Map<string, number>) {
  let secret = ''
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    const event = verifyWebhook(body, request.headers, secret)
    const isResult = event.type === 'backorder.successful' || event.type === 'backorder.failed'
    if (isResult && !told.has(event.data.id)) told.set(event.data.id, Date.now())
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
