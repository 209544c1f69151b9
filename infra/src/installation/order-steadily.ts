import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '@droplock/core/new-id'
import { z } from 'zod'
import { waitUntil } from '../processes/wait-until.ts'

/** So many orders take a few seconds. */
const MORE_MS_MAX = 60_000

type Steady = {
  /** Ordered one after the other. */
  readonly names: readonly string[]
  /** Of the accounts that order in turn. */
  readonly keys: readonly string[]
  /** Where orders are sent. */
  readonly url: string
  readonly perSecond: number
}

export type SteadyOrders = {
  /** Where orders are sent from now on. */
  readonly leadTo: (url: string) => void
  /** Orders one name beside the others, by the first account. Resolves with the order. Throws when it is refused. */
  readonly order: (name: string) => Promise<string>
  /** Resolves when so many more have been answered. */
  readonly more: (count: number, stop: AbortSignal) => Promise<void>
  readonly refused: () => number
  /** How many there were, the longest of them, and what was answered but 201. */
  readonly said: () => string
  /** Resolves with how often each answer came, `201` or the text of another, when the last is there. */
  readonly stop: () => Promise<Readonly<Record<string, number>>>
}

/** Orders names at a constant rate, whatever the answers are. None is sent twice, on purpose. */
export function orderSteadily({ names, keys, url: first, perSecond }: Steady): SteadyOrders {
  const answers: Record<string, number> = {}
  let answered = 0
  let slowestMs = 0
  let url = first
  const send = (name: string, key = keys[0]) =>
    fetch(`${url}/v1/backorders`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': newId(),
      },
      body: JSON.stringify({ name, payment: 'balance' }),
    })
  const orderOne = async (name: string, turn: number) => {
    const startedMs = performance.now()
    const answer = await send(name, keys[turn % keys.length]).catch(String)
    const text = typeof answer === 'string' ? answer : await answer.text()
    const what = typeof answer !== 'string' && answer.status === 201 ? '201' : text
    slowestMs = Math.max(slowestMs, performance.now() - startedMs)
    answered += 1
    answers[what] = (answers[what] ?? 0) + 1
  }
  const ending = new AbortController()
  const run = async () => {
    const underWay: Promise<void>[] = []
    const startedMs = performance.now()
    for (const [turn, name] of names.entries()) {
      await wait(Math.max(0, startedMs + (1_000 * turn) / perSecond - performance.now()))
      if (ending.signal.aborted) break
      underWay.push(orderOne(name, turn))
    }
    await Promise.all(underWay)
  }
  const running = run()
  return {
    leadTo: (other) => {
      url = other
    },
    order: async (name) => {
      const answer = await send(name)
      if (answer.status !== 201) throw new Error(`${name} is refused: ${await answer.text()}`)
      return z.object({ id: z.string() }).parse(await answer.json()).id
    },
    more: (count, stop) => {
      const wanted = answered + count
      return waitUntil('more orders', MORE_MS_MAX, stop, () => answered >= wanted)
    },
    refused: () => answered - (answers['201'] ?? 0),
    said: () => {
      const others = Object.keys(answers).filter((what) => what !== '201')
      const slowest = `${answered} orders, the slowest ${Math.round(slowestMs)} ms`
      return [slowest, ...others.map((what) => what.slice(0, 200))].join('; ')
    },
    stop: async () => {
      ending.abort()
      await running
      return answers
    },
  }
}
