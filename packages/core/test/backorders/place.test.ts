import { Refusal, type RefusalCode } from '@droplock/rules/refusals'
import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { claimListing } from '../../src/backorders/claim-listing.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { getListing } from '../../src/listings/read.ts'
import { lockListingByName } from '../../src/locks.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  PRICE_MINOR,
  ZONE,
  zone,
} from '../support/world.ts'

const NAME = 'wanted.test'
const order = { name: NAME, payment: 'balance' } as const

test('an order secures the name at the current price and moves that amount to escrow', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME] })
    const buyer = await givenAccount(ctx, { balanceMinor: 10_000n })

    const backorder = await placeBackorder(buyer, order)

    expect(await getBalance(buyer)).toEqual({
      balanceMinor: 10_000n - PRICE_MINOR,
      creditLimitMinor: 0n,
      availableMinor: 10_000n - PRICE_MINOR,
      escrowMinor: PRICE_MINOR,
      currency: 'USD',
    })
    expect(await getListing(buyer, NAME)).toMatchObject({ held: true, heldByYou: true, orderable: false })
    expect(await getBackorder(buyer, backorder.id)).toMatchObject({
      state: 'backordered',
      priceMinor: PRICE_MINOR,
    })
    expect(await proveLedger(tx)).toMatchObject({
      ledgerSumMinor: { USD: 0n },
      escrowDifferenceMinor: { USD: 0n },
      balanceMismatches: 0,
    })
  }))

test('a later price change does not affect the order', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME] })
    const buyer = await givenAccount(ctx)
    const { id } = await placeBackorder(buyer, order)

    await givenRegistry(ctx, [zone({ prices: [{ tier: 'standard', currency: 'USD', amountMinor: 5n }] })])

    expect(await getBackorder(buyer, id)).toMatchObject({ priceMinor: PRICE_MINOR })
    await expect(
      tx.updateTable('backorder').set({ price_minor: 5n }).where('id', '=', id).execute(),
    ).rejects.toMatchObject({ constraint: 'order_terms_are_final' })
  }))

type Refused = {
  readonly code: RefusalCode
  readonly given: (ctx: Context, buyer: AccountContext) => Promise<unknown>
  readonly order?: { readonly name: string; readonly payment: 'balance' }
  readonly balanceMinor?: bigint
  readonly currency?: string
}

const set = (ctx: Context, values: object) =>
  ctx.db.updateTable('listing').set(values).where('name', '=', NAME).execute()
const anHour = 3_600_000

const refused: readonly Refused[] = [
  {
    code: 'listing_not_found',
    given: async () => undefined,
    order: { name: 'unknown.test', payment: 'balance' },
  },
  { code: 'listing_closed', given: (ctx) => set(ctx, { state: 'closed' }) },
  { code: 'cutoff_passed', given: (ctx) => set(ctx, { cutoff_at: new Date(Date.now() - 1) }) },
  {
    code: 'listing_not_open_yet',
    given: async (ctx) => {
      await unwatchMachines(ctx.db)
      await set(ctx, { state: 'upcoming', opens_at: new Date(Date.now() + anHour) })
    },
  },
  { code: 'name_premium', given: (ctx) => set(ctx, { premium: true }) },
  { code: 'name_reserved', given: (ctx) => set(ctx, { reserved: true }) },
  { code: 'name_suspect', given: (ctx) => set(ctx, { suspect: true }) },
  {
    code: 'zone_disabled',
    given: (ctx) => ctx.db.updateTable('zone').set({ enabled: false }).where('name', '=', ZONE).execute(),
  },
  { code: 'name_taken', given: async (ctx) => placeBackorder(await givenAccount(ctx), order) },
  { code: 'price_unavailable', given: async () => undefined, currency: 'JPY' },
  { code: 'insufficient_balance', given: async () => undefined, balanceMinor: PRICE_MINOR - 1n },
]

for (const each of refused) {
  test(`an order refused as ${each.code} writes nothing`, () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenRegistry(ctx)
      await givenListings(ctx, { names: [NAME] })
      const buyer = await givenAccount(ctx, {
        balanceMinor: each.balanceMinor ?? 10_000n,
        currency: each.currency ?? 'USD',
      })
      await each.given(ctx, buyer)
      const before = await rowCounts(ctx)

      const refusal = await placeBackorder(buyer, each.order ?? order).catch((error: unknown) => error)

      expect(refusal).toBeInstanceOf(Refusal)
      expect(refusal).toMatchObject({ code: each.code })
      expect(await rowCounts(ctx)).toEqual(before)
    }))
}

test('claiming checks holder and clock again, whatever was decided before', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME, 'late.test'] })
    const buyer = await givenAccount(ctx)
    await placeBackorder(await givenAccount(ctx), order)
    const held = await lockListingByName(tx, NAME)
    const claim = { accountId: buyer.actor.accountId, currency: 'USD', priceMinor: PRICE_MINOR }
    await expect(claimListing(tx, ctx, held, claim)).rejects.toMatchObject({ code: 'name_taken' })

    await tx
      .updateTable('listing')
      .set({ cutoff_at: new Date(0) })
      .where('name', '=', 'late.test')
      .execute()
    const late = await lockListingByName(tx, 'late.test')
    await expect(claimListing(tx, ctx, late, claim)).rejects.toMatchObject({ code: 'cutoff_passed' })
  }))

test('a key without backorders:write places nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME] })
    const buyer = await givenAccount(ctx, { scopes: ['listings:read'] })
    await expect(placeBackorder(buyer, order)).rejects.toMatchObject({ code: 'insufficient_scope' })
  }))

async function rowCounts(ctx: Context) {
  const tables = ['backorder', 'payment', 'posting', 'event'] as const
  const counts = await Promise.all(
    tables.map((table) =>
      ctx.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<bigint>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
  )
  const held = await ctx.db.selectFrom('listing').select('holder').where('name', '=', NAME).execute()
  return { counts, held }
}
