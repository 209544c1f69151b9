import { setTimeout as wait } from 'node:timers/promises'
import type { Attempt, FromRacer, RaceOrder, ToRacer } from './race.ts'

// One reseller: a process of its own with its own connections, which orders names as fast as it may.

/** "Try again" is no answer to an order; but not for ever. */
const triesMax = 10
const pauseMs = 50

let order: RaceOrder | undefined

process.on('message', (message: ToRacer) => {
  if (message.kind === 'order') {
    order = message.order
    void greet(order).then(() => tell({ kind: 'ready' }))
  } else if (order !== undefined) {
    void race(order).then((attempts) => tell({ kind: 'done', attempts }))
  }
})
// The demo is gone: nobody is left to race for.
process.on('disconnect', () => process.exit(0))

function tell(message: FromRacer): void {
  process.send?.(message)
}

/** Opens the connections before the start: the race is about names, not about handshakes. */
async function greet({ gateway, apiKey, atOnce }: RaceOrder): Promise<void> {
  const ask = async () => {
    const response = await fetch(`${gateway}/v1/balance`, { headers: { authorization: `Bearer ${apiKey}` } })
    await response.arrayBuffer()
  }
  await Promise.all(Array.from({ length: atOnce }, ask))
}

/** Tries every name once, `atOnce` at a time, over connections that are kept alive. */
async function race(run: RaceOrder): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = []
  const names = run.names.values()
  const lane = async () => {
    for (const name of names) attempts.push(await attempt(run, name))
  }
  await Promise.all(Array.from({ length: run.atOnce }, lane))
  return attempts
}

async function attempt(run: RaceOrder, name: string): Promise<Attempt> {
  for (let tried = 1; ; tried += 1) {
    const answer = await place(run, name)
    if (answer.status !== 503 || tried === triesMax) return answer
    await wait(pauseMs)
  }
}

async function place({ gateway, apiKey }: RaceOrder, name: string): Promise<Attempt> {
  const response = await fetch(`${gateway}/v1/backorders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, payment: 'balance' }),
  })
  const body: { readonly id?: string; readonly code?: string } = JSON.parse(await response.text())
  const { id, code } = body
  return {
    name,
    status: response.status,
    ...(id !== undefined && { id }),
    ...(code !== undefined && { code }),
  }
}
