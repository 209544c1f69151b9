import { expect, test } from 'vitest'
import { type AccountContext, asService } from '../../src/context.ts'
import { type SearchListings, searchListings } from '../../src/listings/search.ts'
import { rewriteTerms } from '../../src/prices/rewrite-terms.ts'
import { uploadPrices } from '../../src/prices/upload.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'

const prices = [
  'kind,match,currency,amount',
  'name,a1.test,USD,50',
  'name,a2.test,USD,5',
  'pattern,b*,USD,30',
  'name,c1.test,EUR,7',
].join('\n')

async function given(db: Parameters<typeof contextOf>[0]) {
  const ctx = contextOf(db)
  await givenRegistry(ctx)
  await givenListings(ctx, {
    names: ['a1', 'a2', 'b1', 'b2', 'b3', 'c1', 'd1', 'd2'].map((label) => `${label}.test`),
  })
  await uploadPrices(asService(ctx), { title: 'a list', text: prices, reason: 'a test', dryRun: false })
  await rewriteTerms(ctx, 100)
  return { usd: await givenAccount(ctx), eur: await givenAccount(ctx, { currency: 'EUR' }) }
}

async function readAll(buyer: AccountContext, search: Partial<SearchListings>): Promise<readonly string[]> {
  const found: string[] = []
  let after: string | undefined
  do {
    const page = await searchListings(buyer, {
      state: 'open',
      order: 'price',
      limit: 2,
      ...search,
      ...(after !== undefined && { after }),
    })
    found.push(...page.items.map(({ name, priceMinor }) => `${name} ${priceMinor}`))
    after = page.next ?? undefined
  } while (after !== undefined)
  return found
}

test('names come by price, cheapest first, in the currency of the caller, each once over all pages', () =>
  rolledBack(async (db) => {
    const { usd, eur } = await given(db)
    expect(await readAll(usd, {})).toEqual([
      'a2.test 500',
      'd1.test 1900',
      'd2.test 1900',
      'b1.test 3000',
      'b2.test 3000',
      'b3.test 3000',
      'a1.test 5000',
    ])
    expect(await readAll(eur, {})).toEqual(['c1.test 700', 'd1.test 1900', 'd2.test 1900'])
  }))

test('a range of prices leaves out what is cheaper, dearer, or not sold in the currency', () =>
  rolledBack(async (db) => {
    const { usd } = await given(db)
    const range = { priceMinMinor: 1_900n, priceMaxMinor: 3_000n }
    const names = ['b1.test 3000', 'b2.test 3000', 'b3.test 3000', 'd1.test 1900', 'd2.test 1900']
    expect(await readAll(usd, { ...range, order: 'name' })).toEqual(names)
    expect((await readAll(usd, range)).toSorted()).toEqual(names)
    expect(await readAll(usd, { priceMinMinor: 4_000n, order: 'cutoff' })).toEqual(['a1.test 5000'])
    expect(await readAll(usd, { priceMaxMinor: 600n, order: 'cutoff' })).toEqual(['a2.test 500'])
    const counted = await searchListings(usd, {
      ...range,
      state: 'open',
      order: 'price',
      limit: 1,
      total: true,
    })
    expect(counted).toMatchObject({ total: 5, totalIsExact: true })
  }))

test('names that cannot be ordered for want of a price in the currency are found as such', () =>
  rolledBack(async (db) => {
    const { usd } = await given(db)
    expect(await readAll(usd, { orderable: false, order: 'name' })).toEqual(['c1.test null'])
  }))

test('only names on offer are sorted by price, and a cursor is of its order', () =>
  rolledBack(async (db) => {
    const { usd } = await given(db)
    const ended = searchListings(usd, { state: 'caught', order: 'price', limit: 1 })
    await expect(ended).rejects.toMatchObject({ code: 'invalid_request' })
    const { next } = await searchListings(usd, { state: 'open', order: 'name', limit: 1 })
    const other = searchListings(usd, { state: 'open', order: 'price', limit: 1, after: next ?? '' })
    await expect(other).rejects.toMatchObject({ code: 'invalid_cursor' })
  }))
