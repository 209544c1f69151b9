import { quantile, type Report } from '@droplock/core/bench/support/measure'
import type { Context } from '@droplock/core/context'
import { Pool } from 'undici'
import { placeOrder } from '../gateway/place-order.ts'
import { hostile } from './queries.ts'

/** Orders of each measurement, so many at a time. */
const ORDERS = 300
const ORDERS_AT_ONCE = 4

/** Orders' times and refusals while nobody searches, and beside 20 and 200 searches at once that no index answers. */
export async function measureHostility(
  { db }: Context,
  url: string,
  keys: readonly string[],
  report: Report,
): Promise<void> {
  const pool = new Pool(url, { connections: 260, pipelining: 1 })
  const names = await db
    .selectFrom('listing')
    .select('name')
    .where('state', '=', 'open')
    .where('holder', 'is', null)
    .where('premium', '=', false)
    .where('zone', '=', 'net')
    .limit(ORDERS * 3)
    .execute()
  for (const [index, searches] of [0, 20, 200].entries()) {
    const isOver = new AbortController()
    const statuses: number[] = []
    const searching = Array.from({ length: searches }, (_, number) =>
      keepSearching(pool, keys[number % keys.length], number, isOver.signal, statuses),
    )
    const wanted = names.slice(index * ORDERS, (index + 1) * ORDERS).map(({ name }) => name)
    const { waits, refused } = await orderAll(pool, keys, wanted)
    isOver.abort()
    await Promise.all(searching)
    const beside = `orders_beside_${searches}_searches`
    report(`${beside}_p50`, quantile(waits, 0.5), 'ms')
    report(`${beside}_p99`, quantile(waits, 0.99), 'ms')
    report(`${beside}_answered_503`, refused, '1', { max: 0 })
    for (const status of new Set(statuses))
      report(`${beside}_searches_answered_${status}`, statuses.filter((each) => each === status).length, '1')
  }
  await pool.close()
}

async function keepSearching(
  pool: Pool,
  key: string | undefined,
  number: number,
  over: AbortSignal,
  statuses: number[],
) {
  const { query } = hostile[number % hostile.length] ?? { query: '' }
  while (!over.aborted) {
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path: `/v1/listings?${query}`,
      headers: { authorization: `Bearer ${key}` },
    })
    await body.text()
    statuses.push(statusCode)
  }
}

async function orderAll(pool: Pool, keys: readonly string[], names: readonly string[]) {
  const queue = names.entries()
  const waits: number[] = []
  let refused = 0
  await Promise.all(
    Array.from({ length: ORDERS_AT_ONCE }, async () => {
      for (const [index, name] of queue) {
        const startedMs = performance.now()
        const status = await placeOrder(pool, keys[index % keys.length], name)
        waits.push(performance.now() - startedMs)
        if (status === 503) refused += 1
      }
    }),
  )
  return { waits, refused }
}
