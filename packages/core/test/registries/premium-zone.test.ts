import { expect, test } from 'vitest'
import { fileFeeChecks } from '../../src/fee-checks/file.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenListings, givenRegistry, zone } from '../support/world.ts'

test('where a zone is said to have premium names, the names that are listed already are asked about too', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const names = ['one.test', 'two.test']
    const asked = async () => (await db.selectFrom('fee_check').select('listing_id').execute()).length
    await givenRegistry(ctx, [zone({ mayHavePremium: false })])
    await givenListings(ctx, { names })
    while (await fileFeeChecks(ctx));
    expect(await asked()).toBe(0)
    await givenRegistry(ctx, [zone({ mayHavePremium: true })])
    expect(await asked()).toBe(names.length)
    await givenRegistry(ctx, [zone({ mayHavePremium: true })])
    expect(await asked()).toBe(names.length)
  }))
