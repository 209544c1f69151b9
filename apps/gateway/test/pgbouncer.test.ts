import { openDatabase } from '@droplock/core/database/connect'
import { proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { expect, onTestFinished, test } from 'vitest'
import { servedFrom } from '../src/gateway.ts'
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
