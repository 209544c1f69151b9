import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '@droplock/core/new-id'
import { z } from 'zod'
import { waitUntil } from '../processes/wait-until.ts'

const ORDERS_PER_SECOND = 20
/** So many orders take a few seconds. */
const MORE_MS_MAX = 60_000

export type SteadyOrders = {
  /** Where orders are sent from now on. */
  readonly leadTo: (gateway: string) => void
  readonly gateway: () => string
  /** Orders one name beside the others. Resolves with the order. Throws when it is refused. */
  readonly order: (name: string) => Promise<string>
  /** Resolves when so many more have been answered. */
  readonly more: (count: number, stop: AbortSignal) => Promise<void>
  readonly refused: () => number
  /** How many there were, and the longest of them. */
  readonly said: () => string
  readonly stop: () => Promise<void>
}

/** Orders one of `names` after the other at a constant rate, whatever the answers are. None is sent twice, on purpose. */
export function orderSteadily(names: readonly string[], key: string, first: string): SteadyOrders {
  const counts = { answered: 0, refused: 0 }
  const refusals = new Set<string>()
  let slowestMs = 0
  let gateway = first
  const send = (name: string) =>
    fetch(`${gateway}/v1/backorders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': newId(),
      },
      body: JSON.stringify({ name, payment: 'balance' }),
    })
  const orderOne = async (name: string) => {
    const startedMs = performance.now()
    const answer = await send(name).then(
      async (response) => `${response.status} ${await response.text()}`,
      String,
    )
    slowestMs = Math.max(slowestMs, performance.now() - startedMs)
    counts.answered += 1
    if (answer.startsWith('201 ')) return
    counts.refused += 1
    refusals.add(answer.slice(0, 200))
  }
  const ending = new AbortController()
  const run = async () => {
    const underWay: Promise<void>[] = []
    const startedMs = performance.now()
    for (const [turn, name] of names.entries()) {
      await wait(Math.max(0, startedMs + (1_000 * turn) / ORDERS_PER_SECOND - performance.now()))
      if (ending.signal.aborted) break
      underWay.push(orderOne(name))
    }
    await Promise.all(underWay)
  }
  const running = run()
  return {
    leadTo: (other) => {
      gateway = other
    },
    gateway: () => gateway,
    order: async (name) => {
      const answer = await send(name)
      if (answer.status !== 201) throw new Error(`${name} is refused: ${await answer.text()}`)
      return z.object({ id: z.string() }).parse(await answer.json()).id
    },
    more: (count, stop) => {
      const wanted = counts.answered + count
      return waitUntil('more orders', MORE_MS_MAX, stop, () => counts.answered >= wanted)
    },
    refused: () => counts.refused,
    said: () =>
      [`${counts.answered} orders, the slowest ${Math.round(slowestMs)} ms`, ...refusals].join('; '),
    stop: async () => {
      ending.abort()
      await running
    },
  }
}
