import { type Insertable, sql } from 'kysely'
import type { BillingProfileTable, SellerTable } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { AT } from '../invoice-rows.ts'

async function insertProfile(fixture: Fixture, changes: Partial<Insertable<BillingProfileTable>>) {
  const row = {
    account_id: fixture.buyer.actor.accountId,
    legal_name: 'A Buyer',
    address: 'Some Street 1',
    country: 'DE',
    email: 'accounts@example.com',
    updated_at: AT,
    ...changes,
  }
  await fixture.tx.insertInto('billing_profile').values(row).execute()
}

async function insertSeller(fixture: Fixture, changes: Partial<Insertable<SellerTable>>) {
  const row = {
    mode: 'live',
    legal_name: 'Us',
    address: 'Another Street 2',
    country: 'IE',
    updated_at: AT,
    ...changes,
  } as const
  await fixture.tx.insertInto('seller').values(row).execute()
}

const seller = (
  constraint: Violation['constraint'],
  guarantee: string,
  changes: Partial<Insertable<SellerTable>>,
): Violation => ({
  table: 'seller',
  constraint,
  guarantee,
  violate: (fixture) => insertSeller(fixture, changes),
})

const profile = (
  constraint: Violation['constraint'],
  guarantee: string,
  changes: Partial<Insertable<BillingProfileTable>>,
): Violation => ({
  table: 'billing_profile',
  constraint,
  guarantee,
  violate: (fixture) => insertProfile(fixture, changes),
})

export const billingViolations: readonly Violation[] = [
  {
    table: 'billing_profile',
    constraint: 'billing_profile_version_positive',
    guarantee: 'versions of a billing profile are counted from 1',
    violate: (fixture) => insertProfile(fixture, { version: 0 }),
  },
  profile('billing_name_told', 'a billing profile has a name', { legal_name: '' }),
  profile('billing_address_told', 'a billing profile has an address', { address: '' }),
  profile('billing_country_is_alpha_2', "a buyer's country is two letters", { country: 'Germany' }),
  profile('billing_email_told', 'invoices go somewhere', { email: '' }),
  seller('seller_name_told', 'the seller has a name', { legal_name: '' }),
  seller('seller_address_told', 'the seller has an address', { address: '' }),
  seller('seller_country_is_alpha_2', "a seller's country is two letters", { country: 'Ireland' }),
  seller('seller_tax_is_a_share', 'a tax is a share', { tax_basis_points: 10_001 }),
  seller('reverse_charge_names_tax_id', 'a reverse charge names the VAT ID', {
    reverse_charge: true,
    tax_id: null,
  }),
  {
    table: 'seller',
    constraint: 'seller_mode_known',
    guarantee: 'a database is in live or test mode',
    violate: ({ tx }) =>
      sql`insert into seller (mode, legal_name, address, country, updated_at) values ('maybe', 'Us', 'There', 'IE', ${AT})`.execute(
        tx,
      ),
  },
  {
    table: 'seller',
    constraint: 'one_seller',
    guarantee: 'there is one seller',
    violate: async (fixture) => {
      await insertSeller(fixture, {})
      await insertSeller(fixture, { is_the_only_one: false })
    },
  },
]
