import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Context } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { type Event, followEvents, readFeed } from '../../src/events/feed.ts'
import { publish } from '../../src/events/publish.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenSecured } from '../support/held.ts'
import { advanceAll } from '../support/receivers.ts'
import { contextOf, givenAccount } from '../support/world.ts'

const NAME = 'droplock-test-listen'
/** Nothing that a test waits for comes by looking so seldom. */
const NEVER_MS = 3_600_000
const patient = { timeout: 30_000, interval: 20 }

let clone: Clone
let ctx: Context
let backorderId: string
let stop: AbortController
let following: Promise<void>[]
/** Where the feed ends when a test begins. */
let start: bigint

beforeEach(async () => {
  clone = await cloneDatabase()
  ctx = contextOf(clone.db)
  backorderId = (await givenSecured(ctx)).backorderId
  await advanceAll(ctx)
  start = (await readFeed(ctx)).last
  stop = new AbortController()
  following = []
})
afterEach(async () => {
  stop.abort()
  await Promise.all(following)
  await clone.drop()
})

type Options = {
  readonly after?: bigint
  readonly directUrl?: string
  readonly pollMs?: number
  readonly accountId?: string
}

/** Follows until `stop`; what came so far, and when it is over. */
function follow({ pollMs = NEVER_MS, after = start, ...options }: Options) {
  const events: Event[] = []
  const run = async () => {
    const followed = followEvents(ctx, {
      ...options,
      after,
      applicationName: NAME,
      pollMs,
      signal: stop.signal,
    })
    for await (const page of followed) events.push(...page.events)
  }
  const over = run()
  following.push(over)
  return { events, over }
}

async function move(): Promise<void> {
  await inTransaction(ctx.db, (tx) => publish(tx, ctx, 'backorder.rescheduled', backorderId))
  await advanceAll(ctx)
}

const listeners = async () => {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where application_name = ${NAME} and query ilike 'listen%'`.execute(
    ctx.db,
  )
  return rows
}
const untilListening = () => vi.waitFor(async () => expect(await listeners()).toHaveLength(1), patient)
const untilRead = (events: readonly Event[], count: number) =>
  vi.waitFor(() => expect(events).toHaveLength(count), patient)

test('a notification wakes a reader that polls hourly', async () => {
  const { events } = follow({ directUrl: clone.url })
  await untilListening()
  await move()
  await untilRead(events, 1)
  await move()
  await untilRead(events, 2)
})

test('a reader whose connection is ended listens again, and has missed nothing', async () => {
  const { events } = follow({ directUrl: clone.url })
  await untilListening()
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${NAME}`.execute(
    ctx.db,
  )
  await move()
  await untilRead(events, 1)
  await untilListening()
  await move()
  await untilRead(events, 2)
})

test('without notifications, or without a connection for them, a reader polls', async () => {
  const looking = [
    follow({ pollMs: 20 }),
    follow({ pollMs: 20, directUrl: 'postgres://127.0.0.1:1/nowhere' }),
  ]
  await move()
  await Promise.all(looking.map(({ events }) => untilRead(events, 1)))
  expect(looking.map(({ events }) => events[0]?.position)).toEqual([start + 1n, start + 1n])
})

test('a reader that was away for an hour gets everything since, in order and once', async () => {
  await sql`
    insert into event (id, topic, account_id, subject_id, data, occurred_at)
    select gen_random_uuid(), 'backorder.rescheduled', account_id, id, '{}', clock_timestamp() - interval '1 hour' + second * interval '1 second'
    from backorder, generate_series(1, 1800) as second`.execute(ctx.db)
  await advanceAll(ctx)
  const { events } = follow({ pollMs: 20 })
  await move()
  await untilRead(events, 1_801)
  expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => start + BigInt(index) + 1n))
  const times = events.map(({ occurredAt }) => occurredAt.getTime())
  expect(times).toEqual(times.toSorted((one, other) => one - other))
})

test('a reader of an account gets only its events', async () => {
  const stranger = await givenAccount(ctx)
  const strangers = follow({ accountId: stranger.actor.accountId, after: 0n, pollMs: 20 })
  const all = follow({ after: 0n, pollMs: 20 })
  await move()
  await untilRead(all.events, 2)
  expect(strangers.events).toEqual([])
})

test('a reader that is stopped ends at once, and leaves no connection', async () => {
  const { over } = follow({ directUrl: clone.url })
  await untilListening()
  stop.abort()
  await over
  await vi.waitFor(async () => expect(await listeners()).toEqual([]), patient)
})
