import { type Insertable, sql } from 'kysely'
import type { BillingProfileTable, SellerTable } from '../../../src/database/tables.gen.ts'
import type { Breach } from '../breach.ts'
import { AT } from '../invoice-rows.ts'
import type { Scene } from '../scene.ts'

async function insertProfile(scene: Scene, changes: Partial<Insertable<BillingProfileTable>>) {
  const row = {
    account_id: scene.buyer.actor.accountId,
    legal_name: 'A Buyer',
    address: 'Some Street 1',
    country: 'DE',
    email: 'accounts@example.com',
    updated_at: AT,
    ...changes,
  }
  await scene.tx.insertInto('billing_profile').values(row).execute()
}

async function insertSeller(scene: Scene, changes: Partial<Insertable<SellerTable>>) {
  const row = {
    mode: 'live',
    legal_name: 'Us',
    address: 'Another Street 2',
    country: 'IE',
    updated_at: AT,
    ...changes,
  } as const
  await scene.tx.insertInto('seller').values(row).execute()
}

const seller = (
  keeper: Breach['keeper'],
  promise: string,
  changes: Partial<Insertable<SellerTable>>,
): Breach => ({
  table: 'seller',
  keeper,
  promise,
  deed: (scene) => insertSeller(scene, changes),
})

const profile = (
  keeper: Breach['keeper'],
  promise: string,
  changes: Partial<Insertable<BillingProfileTable>>,
): Breach => ({
  table: 'billing_profile',
  keeper,
  promise,
  deed: (scene) => insertProfile(scene, changes),
})

export const billingBreaches: readonly Breach[] = [
  profile('billing_name_told', 'invoices are for somebody with a name', { legal_name: '' }),
  profile('billing_address_told', 'invoices are for somebody with an address', { address: '' }),
  profile('billing_country_is_alpha_2', "a buyer's country is two letters", { country: 'Germany' }),
  profile('billing_email_told', 'invoices go somewhere', { email: '' }),
  seller('seller_name_told', 'whoever sells has a name', { legal_name: '' }),
  seller('seller_address_told', 'whoever sells has an address', { address: '' }),
  seller('seller_country_is_alpha_2', "a seller's country is two letters", { country: 'Ireland' }),
  seller('seller_tax_is_a_share', 'a tax is a share', { tax_basis_points: 10_001 }),
  {
    table: 'seller',
    keeper: 'seller_mode_known',
    promise: 'a database is live or of a test',
    deed: ({ tx }) =>
      sql`insert into seller (mode, legal_name, address, country, updated_at) values ('maybe', 'Us', 'There', 'IE', ${AT})`.execute(
        tx,
      ),
  },
  {
    table: 'seller',
    keeper: 'one_seller',
    promise: 'one sells',
    deed: async (scene) => {
      await insertSeller(scene, {})
      await insertSeller(scene, { is_the_only_one: false })
    },
  },
]
