import { expect, test, vi } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { type AccountContext, asService } from '../../src/context.ts'
import { getListing } from '../../src/listings/read.ts'
import { explainPrice, listPriceLists, listPrices } from '../../src/prices/read.ts'
import { rewriteTerms } from '../../src/prices/rewrite-terms.ts'
import { startDuePrices } from '../../src/prices/start-due.ts'
import { uploadPrices } from '../../src/prices/upload.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, PRICE_MINOR } from '../support/world.ts'

const header = 'kind,zone,match,currency,amount,starts_at'
const list = (...lines: readonly string[]) => ({
  title: 'a list',
  text: [header, ...lines].join('\n'),
  reason: 'a test',
  dryRun: false,
})

async function given(db: Parameters<typeof contextOf>[0], names: readonly string[]) {
  const ctx = contextOf(db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names })
  return { ctx, operator: asService(ctx), buyer: await givenAccount(ctx) }
}

const priceOf = async (buyer: AccountContext, name: string) => (await getListing(buyer, name)).priceMinor

test('a list prices names by name, pattern and length before the tier, and orders pay what is shown', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['shop.test', 'abab.test', 'abc.test', 'other.test'])
    const lines = [
      'name,,shop.test,USD,500,',
      'pattern,test,ABAB,USD,90,',
      'pattern,test,a*,USD,80,',
      'length,,3,USD,70,',
    ]
    await uploadPrices(operator, list(...lines))
    expect(await priceOf(buyer, 'shop.test')).toBe(PRICE_MINOR)
    expect(await rewriteTerms(ctx, 100)).toEqual({ listings: 3, changed: 3 })
    expect(await rewriteTerms(ctx, 100)).toEqual({ listings: 0, changed: 0 })
    expect(await priceOf(buyer, 'shop.test')).toBe(50_000n)
    expect(await priceOf(buyer, 'abab.test')).toBe(9_000n)
    expect(await priceOf(buyer, 'abc.test')).toBe(8_000n)
    expect(await priceOf(buyer, 'other.test')).toBe(PRICE_MINOR)
    expect(await placeBackorder(buyer, { name: 'abc.test', payment: 'balance' })).toMatchObject({
      priceMinor: 8_000n,
    })
  }))

test('a name that is listed later has its price from the first moment on', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['a.test'])
    await uploadPrices(operator, list('name,,later.test,USD,500,'))
    await givenListings(ctx, { names: ['later.test', 'a.test'] })
    expect(await priceOf(buyer, 'later.test')).toBe(50_000n)
  }))

test('a new price of names that a rule matches already is in force at once, and the old one is kept', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['a.test'])
    await uploadPrices(operator, list('tier,test,standard,USD,21,'))
    expect(await rewriteTerms(ctx, 100)).toMatchObject({ listings: 0 })
    expect(await priceOf(buyer, 'a.test')).toBe(2_100n)
    const past = await listPrices(operator, { kind: 'tier', when: 'past', offset: 0, limit: 9 })
    expect(past.items).toMatchObject([{ amountMinor: PRICE_MINOR, match: 'standard' }])
    const [made] = (await listPriceLists(operator, { offset: 0, limit: 9 })).items
    expect(made).toMatchObject({ title: 'a list', reason: 'a test', madeBy: 'droplock', prices: 1 })
  }))

test('a price without amount ends a rule, and its names have the price of the next rule', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['shop.test'])
    await uploadPrices(operator, list('name,,shop.test,USD,500,'))
    await rewriteTerms(ctx, 100)
    await uploadPrices(operator, list('name,,shop.test,USD,,'))
    // Until it is written, the name is not sold: never at a price that ended.
    expect(await priceOf(buyer, 'shop.test')).toBeNull()
    await rewriteTerms(ctx, 100)
    expect(await priceOf(buyer, 'shop.test')).toBe(PRICE_MINOR)
  }))

test('a price of the future starts at its time and no earlier', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['shop.test'])
    const soon = new Date(Date.now() + 3_000)
    const late = new Date(Date.now() + 3_600_000)
    const upload = await uploadPrices(
      operator,
      list(`name,,shop.test,USD,500,${soon.toISOString()}`, `name,,shop.test,USD,600,${late.toISOString()}`),
    )
    expect(upload).toMatchObject({ prices: 2, later: 2 })
    expect(await rewriteTerms(ctx, 100)).toMatchObject({ listings: 0 })
    await vi.waitFor(async () => expect(await startDuePrices(ctx)).toBe(1), { timeout: 30_000, interval: 20 })
    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime())
    expect(await startDuePrices(ctx)).toBe(0)
    await rewriteTerms(ctx, 100)
    expect(await priceOf(buyer, 'shop.test')).toBe(50_000n)
  }))

test('a dry run says which names change by how much, and changes nothing', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['shop.test', 'abc.test', 'other.test'])
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
    const lines = ['name,,shop.test,USD,500,', `length,,3,USD,10,${tomorrow}`, 'name,,shop.test,JPY,700,']
    const dry = await uploadPrices(operator, { ...list(...lines), dryRun: true })
    expect(dry).toMatchObject({ listId: null, prices: 3, later: 1, rejects: [] })
    expect(dry.changes).toEqual({
      dearer: 1,
      cheaper: 1,
      added: 1,
      // The rules of the list have no price in these.
      ended: 4,
      first: [
        { name: 'abc.test', currency: 'CNY', beforeMinor: PRICE_MINOR, afterMinor: null },
        { name: 'abc.test', currency: 'EUR', beforeMinor: PRICE_MINOR, afterMinor: null },
        { name: 'abc.test', currency: 'USD', beforeMinor: PRICE_MINOR, afterMinor: 1_000n },
        { name: 'shop.test', currency: 'CNY', beforeMinor: PRICE_MINOR, afterMinor: null },
        { name: 'shop.test', currency: 'EUR', beforeMinor: PRICE_MINOR, afterMinor: null },
        { name: 'shop.test', currency: 'JPY', beforeMinor: null, afterMinor: 700n },
        { name: 'shop.test', currency: 'USD', beforeMinor: PRICE_MINOR, afterMinor: 50_000n },
      ],
    })
    expect(await rewriteTerms(ctx, 100)).toMatchObject({ listings: 0 })
    expect(await priceOf(buyer, 'shop.test')).toBe(PRICE_MINOR)
    expect((await listPriceLists(operator, { offset: 0, limit: 9 })).total).toBe(0)
  }))

test('a list with a reject is not taken', () =>
  rolledBack(async (db) => {
    const { operator, buyer } = await given(db, ['a.test'])
    const upload = await uploadPrices(
      operator,
      list('tier,test,standard,USD,21,', 'tier,com,standard,USD,21,'),
    )
    expect(upload).toMatchObject({ listId: null, rejects: [{ line: 3, reason: 'unknown_zone' }] })
    expect(await priceOf(buyer, 'a.test')).toBe(PRICE_MINOR)
  }))

test('why a name costs what it costs: the rules that match, in their order', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['shop.test'])
    await uploadPrices(
      operator,
      list('name,,shop.test,USD,500,', 'pattern,,s*,USD,90,', 'pattern,,x*,USD,91,', 'length,,4,USD,70,'),
    )
    await rewriteTerms(ctx, 100)
    const { id } = await getListing(buyer, 'shop.test')
    const rules = await explainPrice(operator, id)
    expect(rules.map(({ kind, match, decides }) => [kind, match, decides])).toEqual([
      ['name', 'shop.test', true],
      ['pattern', 's*', false],
      ['length', '4', false],
      ['tier', 'standard', false],
    ])
    expect(rules[0]?.prices).toEqual([{ currency: 'USD', amountMinor: 50_000n }])
  }))
