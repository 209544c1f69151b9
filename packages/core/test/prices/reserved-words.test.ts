import { expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import { asService } from '../../src/context.ts'
import { getListing } from '../../src/listings/read.ts'
import { rewriteTerms } from '../../src/prices/rewrite-terms.ts'
import { listReservedWords } from '../../src/reserved-words/read.ts'
import { uploadReserved } from '../../src/reserved-words/upload.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'

const list = (...lines: readonly string[]) => ({
  name: 'banks',
  text: ['kind,zone,word,reason', ...lines].join('\n'),
  reason: 'a test',
  dryRun: false,
})

async function given(db: Parameters<typeof contextOf>[0], names: readonly string[]) {
  const ctx = contextOf(db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names })
  const reserved = () =>
    db.selectFrom('listing').select('name').where('reserved', '=', true).orderBy('name').execute()
  return {
    ctx,
    operator: asService(ctx),
    buyer: await givenAccount(ctx),
    reserved: async () => (await reserved()).map(({ name }) => name),
  }
}

test('names with a reserved word cannot be ordered, live ones and those of later lists', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer, reserved } = await given(db, [
      'bank.test',
      'mybank.test',
      'police-1.test',
      'ok.test',
    ])
    await uploadReserved(operator, list('label,,BANK,the law', 'contains,test,police,the law'))
    expect(await rewriteTerms(ctx, 100)).toMatchObject({ changed: 2 })
    expect(await reserved()).toEqual(['bank.test', 'police-1.test'])
    expect(await getListing(buyer, 'bank.test')).toMatchObject({ orderable: false, reserved: true })
    await expect(placeBackorder(buyer, { name: 'bank.test', payment: 'balance' })).rejects.toMatchObject({
      code: 'name_reserved',
    })
    await givenListings(ctx, { names: ['apolice.test', 'other.test'] })
    expect(await reserved()).toEqual(['apolice.test', 'bank.test', 'police-1.test'])
  }))

test('the next version of a list replaces it, and its words are kept with their time', () =>
  rolledBack(async (db) => {
    const { ctx, operator, reserved } = await given(db, ['bank.test', 'police.test'])
    await uploadReserved(operator, list('label,,bank,the law', 'label,,police,the law'))
    await rewriteTerms(ctx, 100)
    const next = await uploadReserved(operator, list('label,,police,the law'))
    expect(next).toMatchObject({ words: 1, added: 0, ended: 1 })
    await rewriteTerms(ctx, 100)
    expect(await reserved()).toEqual(['police.test'])
    const ended = await listReservedWords(operator, { inForce: false, offset: 0, limit: 9 })
    expect(ended.items).toMatchObject([{ word: 'bank', listName: 'banks', reason: 'the law' }])
  }))

test('an order for a name that becomes reserved stays, and is an alarm', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['bank.test'])
    const { id } = await placeBackorder(buyer, { name: 'bank.test', payment: 'balance' })
    await uploadReserved(operator, list('label,,bank,the law'))
    await rewriteTerms(ctx, 100)
    expect(await getBackorder(buyer, id)).toMatchObject({ state: 'backordered' })
    const open = () =>
      db.selectFrom('alarm').select(['kind', 'facts']).where('closed_at', 'is', null).execute()
    expect(await open()).toEqual([{ kind: 'held_name_reserved', facts: { name: 'bank.test' } }])
    await uploadReserved(operator, list())
    await rewriteTerms(ctx, 100)
    expect(await open()).toEqual([])
  }))

test('a dry run says which names would be reserved and which of them have orders', () =>
  rolledBack(async (db) => {
    const { ctx, operator, buyer } = await given(db, ['bank.test', 'ebank.test', 'ok.test'])
    await placeBackorder(buyer, { name: 'ebank.test', payment: 'balance' })
    const dry = await uploadReserved(operator, { ...list('contains,,bank,the law'), dryRun: true })
    expect(dry).toMatchObject({
      listId: null,
      added: 1,
      changes: {
        reserved: 2,
        released: 0,
        held: 1,
        first: [
          { name: 'bank.test', reserved: true, held: false },
          { name: 'ebank.test', held: true },
        ],
      },
    })
    expect(await rewriteTerms(ctx, 100)).toEqual({ listings: 0, changed: 0 })
  }))

test.each([
  ['contains,,ab,short', 'unusable_word'],
  ['label,,a.b,two labels', 'unusable_word'],
  ['label,com,a,a zone', 'unknown_zone'],
  ['sounds,,a,a kind', 'unknown_kind'],
  ['label,,a,', 'reason_missing'],
])('%s is rejected as %s', (line, reason) =>
  rolledBack(async (db) => {
    const { operator } = await given(db, ['a.test'])
    expect(await uploadReserved(operator, list(line))).toMatchObject({
      listId: null,
      rejects: [{ line: 2, reason }],
    })
  }),
)
