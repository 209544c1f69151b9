import { setSeller } from '@droplock/core/billing/seller'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { contextOf, givenAccount, givenRegistry } from '../../../packages/core/test/support/world.ts'
import { adminOn } from './support/admin-on.ts'

let database: Clone
let admin: ReturnType<typeof adminOn>
beforeAll(async () => {
  database = await cloneDatabase()
  admin = adminOn(database.url)
})
afterAll(() => database.drop())

const zones = () =>
  database.db
    .selectFrom('zone')
    .select(['name', 'sandbox_account_id'])
    .where('is_sandbox', '=', true)
    .orderBy('sandbox_account_id')
    .execute()

test('the sandbox is defined by a command, once, and each reseller has a zone in it', async () => {
  const { actor } = await givenAccount(contextOf(database.db))
  expect(await admin.one('sandbox', 'define', '--epp-port', '7712')).toEqual({
    registry: 'sandbox',
    account: 'sandbox/droplock',
    port: 7_712,
  })
  const first = await zones()
  expect(first).toEqual([
    { name: expect.stringMatching(/^[a-z]{8}\.sandbox$/), sandbox_account_id: actor.accountId },
    { name: 'sandbox', sandbox_account_id: null },
  ])
  await admin.one('sandbox', 'define')
  expect(await zones()).toEqual(first)
})

test('it is refused where a registry account is real', async () => {
  await givenRegistry(contextOf(database.db))
  await database.db
    .updateTable('registry_account')
    .set({ is_simulator: false })
    .where('registry_id', '!=', 'sandbox')
    .execute()
  expect(await admin.refused('sandbox', 'define')).toMatchObject({ code: 'real_and_simulated_mixed' })
})

test('it is refused in a database that sells for real', async () => {
  const live = await cloneDatabase()
  onTestFinished(() => live.drop())
  await setSeller(contextOf(live.db), { mode: 'live', ...seller })
  expect(await adminOn(live.url, 'live').refused('sandbox', 'define')).toMatchObject({
    code: 'seller_of_other_mode',
  })
})

const seller = {
  legalName: 'A Registrar',
  address: '1 Example Street',
  country: 'IE',
  taxId: null,
  taxBasisPoints: 0,
  taxNote: null,
} as const
