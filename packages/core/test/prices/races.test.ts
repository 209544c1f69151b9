import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { asService, type Context } from '../../src/context.ts'
import { getListing } from '../../src/listings/read.ts'
import { lockTerms } from '../../src/locks.ts'
import { rewriteTerms } from '../../src/prices/rewrite-terms.ts'
import { uploadPrices } from '../../src/prices/upload.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { untilAnswered, untilOneWaits } from '../support/waiting.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, PRICE_MINOR } from '../support/world.ts'

let clone: Clone
let ctx: Context

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
})
afterEach(() => clone.drop())

const NEW_MINOR = 9_000n
const list = {
  title: 'a list',
  text: 'kind,match,currency,amount\npattern,n*,USD,90',
  reason: 'a test',
  dryRun: false,
}

async function startList(): Promise<void> {
  await uploadPrices(asService(ctx), list)
  while ((await untilAnswered(() => rewriteTerms(ctx, 7))).listings > 0);
}

test('orders that run while a list starts pay the price before it or its price, and what is shown once it was written', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `n${index}.test`)
  await givenListings(ctx, { names })
  const buyers = await Promise.all(
    Array.from({ length: 4 }, () => givenAccount(ctx, { balanceMinor: 10_000_000n })),
  )
  const [first, ...others] = buyers
  if (first === undefined) throw new Error('no buyer')
  const before = await placeBackorder(first, { name: 'n0.test', payment: 'balance' })
  expect(before.priceMinor).toBe(PRICE_MINOR)
  const ordering = others.map(async (buyer, lane) => {
    const prices: bigint[] = []
    for (const name of names.slice(1, 55).filter((_, index) => index % others.length === lane))
      prices.push((await untilAnswered(() => placeBackorder(buyer, { name, payment: 'balance' }))).priceMinor)
    return prices
  })
  const starting = startList()
  const paid = (await Promise.all(ordering)).flat()
  await starting
  expect(new Set([...paid, PRICE_MINOR, NEW_MINOR]).size).toBe(2)
  for (const name of names.slice(55)) {
    expect((await getListing(first, name)).priceMinor).toBe(NEW_MINOR)
    expect(await placeBackorder(first, { name, payment: 'balance' })).toMatchObject({ priceMinor: NEW_MINOR })
  }
})

test('an order that waits for the listing while it is rewritten pays the new price', async () => {
  await givenListings(ctx, { names: ['n1.test'] })
  const buyer = await givenAccount(ctx)
  await uploadPrices(asService(ctx), list)
  const order = await clone.db.transaction().execute(async (tx) => {
    expect(await rewriteTerms({ ...ctx, db: tx }, 10)).toEqual({ listings: 1, changed: 1 })
    const ordering = placeBackorder(buyer, { name: 'n1.test', payment: 'balance' })
    await untilOneWaits(clone.db)
    return { ordering }
  })
  expect(await order.ordering).toMatchObject({ priceMinor: NEW_MINOR })
})

test('a name that is added while a list starts has the price of the list', async () => {
  await givenListings(ctx, { names: ['a.test'] })
  const buyer = await givenAccount(ctx)
  const adding = await clone.db.transaction().execute(async (tx) => {
    await lockTerms(tx)
    // It waits for the list; without `keepTerms` it would be added now, at the price before, and no batch would find it.
    const listing = givenListings(ctx, { names: ['a.test', 'n1.test'] })
    await untilOneWaits(clone.db)
    await uploadPrices({ ...asService(ctx), db: tx }, list)
    return { listing }
  })
  await adding.listing
  expect((await getListing(buyer, 'n1.test')).priceMinor).toBe(NEW_MINOR)
})

test('two workers write each listing once', async () => {
  await givenListings(ctx, { names: Array.from({ length: 50 }, (_, index) => `n${index}.test`) })
  await uploadPrices(asService(ctx), list)
  const lane = async () => {
    let written = 0
    for (;;) {
      const { listings, changed } = await untilAnswered(() => rewriteTerms(ctx, 3))
      written += changed
      if (listings === 0) return written
    }
  }
  const written = await Promise.all([lane(), lane(), lane()])
  expect(written.reduce((sum, each) => sum + each, 0)).toBe(50)
  const { rows } = await sql`select from pending_terms`.execute(clone.db)
  expect(rows).toEqual([])
})
