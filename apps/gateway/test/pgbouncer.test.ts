import { openDatabase } from '@droplock/core/database/connect'
import { openReads } from '@droplock/core/database/reads'
import { proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test } from 'vitest'
import { servedFrom } from '../src/gateway.ts'
import { readLotOf } from '../src/http/read-lot.ts'
import { createTestApp } from './support/app.ts'
import { hasPgBouncer, startPgBouncer } from './support/pgbouncer.ts'
import { givenCustomer, givenListings, openWorld, priceMinor } from './support/world.ts'

if (!hasPgBouncer)
  console.warn('skipped: PgBouncer, which is not installed here (Debian: pgbouncer, 1.21 or later)')

/** Enough that every statement is prepared on every connection of PgBouncer. */
const NAMES = Array.from({ length: 60 }, (_, index) => `n${index}.test`)

async function openBehindPgBouncer() {
  const world = await openWorld()
  onTestFinished(world.drop)
  const bouncer = await startPgBouncer(world.urls.gateway)
  onTestFinished(bouncer.stop)
  const db = openDatabase({ url: bouncer.url, connectionsMax: 20, applicationName: 'droplock-test' })
  onTestFinished(() => db.destroy())
  const { send } = createTestApp({ test: servedFrom({ db, newId }) })
  const customers = await Promise.all(
    Array.from({ length: 8 }, () => givenCustomer(world.ctx, { balanceMinor: 10_000_000n })),
  )
  await givenListings(world.ctx, NAMES)
  const order = (name: string, index: number) =>
    send({
      method: 'POST',
      path: '/v1/backorders',
      key: customers[index % customers.length]?.key ?? '',
      body: { name, payment: 'balance' },
    })
  const read = (name: string, index: number) =>
    send({ path: `/v1/listings/${name}`, key: customers[index % customers.length]?.key ?? '' })
  return { ...world, order, read }
}

test.skipIf(!hasPgBouncer)(
  'behind PgBouncer in transaction mode names are read and claimed as without it',
  async () => {
    const { ctx, order, read } = await openBehindPgBouncer()
    const before = await Promise.all(NAMES.map(read))
    expect(before.map(({ status }) => status)).toEqual(NAMES.map(() => 200))
    const orders = await Promise.all(NAMES.map(order))
    expect(orders.map(({ status }) => status)).toEqual(NAMES.map(() => 201))
    const after = await Promise.all(
      NAMES.map(async (name, index): Promise<unknown> => (await read(name, index)).json()),
    )
    expect(after).toMatchObject(
      NAMES.map((name) => ({ name, held_by_you: true, price: { amount_minor: priceMinor } })),
    )
    const { escrowDifferenceMinor, balanceMismatches } = await proveLedger(ctx.db)
    expect({ escrowDifferenceMinor, balanceMismatches }).toEqual({
      escrowDifferenceMinor: { USD: 0n },
      balanceMismatches: 0,
    })
  },
)

test.skipIf(!hasPgBouncer)('behind PgBouncer one of many rivals gets a name', async () => {
  const { order } = await openBehindPgBouncer()
  const statuses = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => (await order('n0.test', index)).status),
  )
  expect(statuses.toSorted()).toEqual([201, ...Array.from({ length: 39 }, () => 409)])
})

test.skipIf(!hasPgBouncer)(
  'behind PgBouncer a list whose request is over is cancelled at the server',
  async () => {
    const world = await openWorld()
    onTestFinished(world.drop)
    const bouncer = await startPgBouncer(world.urls.gateway)
    onTestFinished(bouncer.stop)
    const reads = openReads({ url: bouncer.url, connectionsMax: 2, applicationName: 'droplock-test-bounced' })
    onTestFinished(reads.destroy)
    const lot = readLotOf(reads)
    const { key } = await givenCustomer(world.ctx)
    const app = createTestApp({ test: servedFrom(world.contextOf('gateway'), undefined, lot) })
    const over = new AbortController()
    await onServer(world.url, (blocker) =>
      onServer(world.url, async (watcher) => {
        const countWaiting = async () =>
          (
            await watcher.query(
              "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
            )
          ).rowCount
        await blocker.query('begin; lock table watch in access exclusive mode')
        const headers = { Authorization: `Bearer ${key}` }
        const asked = app.fetch(new Request('http://gateway/v1/watches', { headers, signal: over.signal }))
        await expect.poll(countWaiting, { timeout: 10_000 }).toBe(1)
        over.abort()
        await expect.poll(countWaiting, { timeout: 10_000 }).toBe(0)
        await asked
        expect(app.logged()).toMatchObject([{ client_gone: true }])
        await blocker.query('rollback')
      }),
    )
    const answer = await app.fetch(
      new Request('http://gateway/v1/watches', { headers: { Authorization: `Bearer ${key}` } }),
    )
    expect(answer.status).toBe(200)
  },
)
