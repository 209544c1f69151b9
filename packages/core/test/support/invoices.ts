import { sql } from 'kysely'
import { putBillingProfile } from '../../src/billing/profile.ts'
import { type Seller, setSeller } from '../../src/billing/seller.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { requestInvoice } from '../../src/invoices/issue.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { givenDecided } from './held.ts'

export const SELLER: Seller = {
  mode: 'live',
  legalName: 'Droplock Test Ltd',
  address: '1 Some Street\nSome Town',
  country: 'IE',
  taxId: 'IE1234567X',
  taxBasisPoints: 2_300,
  taxNote: null,
}

export const BUYER = {
  legalName: 'A Buyer GmbH',
  address: 'Beispielweg 7\n10115 Berlin',
  country: 'DE',
  taxId: 'DE123456789',
  email: 'accounts@example.com',
}

/** A caught name whose buyer and seller have billing data. */
export async function givenInvoiceable(ctx: Context, seller: Partial<Seller> = {}) {
  const decided = await givenDecided(ctx, 'registered')
  await setSeller(ctx, { ...SELLER, ...seller })
  await putBillingProfile(decided.buyer, BUYER)
  return decided
}

export async function givenInvoice(ctx: Context, seller: Partial<Seller> = {}) {
  const given = await givenInvoiceable(ctx, seller)
  return {
    ...given,
    invoice: (await requestInvoice(given.buyer, { backorderId: given.backorderId })).invoice,
  }
}

/** Caught names of one buyer, written as final rows without a drop. */
export async function givenSuccesses(
  ctx: Context,
  buyer: AccountContext,
  count: number,
): Promise<readonly string[]> {
  const { accountId } = buyer.actor
  await unwatchMachines(ctx.db)
  const { rows } = await sql<{ id: string }>`
    with made as (
      insert into listing (id, name, zone, state, opens_at, cutoff_at, drop_from, drop_to, ended_at)
      select gen_random_uuid(), 'caught-' || n || '.test', 'test', 'caught', now(), now(), now(), now(), now()
      from generate_series(1, ${count}) as n
      returning id, name
    )
    insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, secured_at, decided_at, settled_at)
    select gen_random_uuid(), id, name, ${accountId}, 'successful', 1900, 'USD', now(), now(), now(), now() from made
    returning id`.execute(ctx.db)
  return rows.map((row) => row.id)
}
