import { type Client, createClient, ProblemError } from '@droplock/sdk/client'
import type { Attempt, FromRacer, RaceOrder, ToRacer } from './race.ts'

// One reseller: a process of its own with its own connections, which orders names as fast as it may.

let race: { readonly order: RaceOrder; readonly client: Client } | undefined

process.on('message', (message: ToRacer) => {
  if (message.kind === 'order') {
    const { order } = message
    race = { order, client: createClient({ baseUrl: order.gateway, apiKey: order.apiKey }) }
    void openConnections(race.client, order).then(() => send({ kind: 'ready' }))
  } else if (race !== undefined) {
    void orderAll(race.client, race.order).then((attempts) => send({ kind: 'done', attempts }))
  }
})
// The demo has ended, so nobody reads the results.
process.on('disconnect', () => process.exit(0))

function send(message: FromRacer): void {
  process.send?.(message)
}

/** Opens the connections before the start: the race is about names, not about handshakes. */
async function openConnections(client: Client, { atOnce }: RaceOrder): Promise<void> {
  await Promise.all(Array.from({ length: atOnce }, () => client.get('/v1/balance')))
}

/** Tries every name once, `atOnce` at a time, over connections that are kept alive. */
async function orderAll(client: Client, { names, atOnce }: RaceOrder): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = []
  const next = names.values()
  const orderSome = async () => {
    for (const name of next) attempts.push(await attempt(client, name))
  }
  await Promise.all(Array.from({ length: atOnce }, orderSome))
  return attempts
}

async function attempt(client: Client, name: string): Promise<Attempt> {
  try {
    const { id } = await client.post('/v1/backorders', { body: { name, payment: 'balance' } })
    return { name, status: 201, id }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { name, status: error.status, ...(error.code !== undefined && { code: error.code }) }
  }
}
