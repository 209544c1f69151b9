import { setSeller } from '@droplock/core/billing/seller'
import type { Environment } from '../../environment/environment.ts'
import { joinAccount, signUp } from '../../marketplace/people.ts'
import { actAs, memberPassword } from './members.ts'

const buyer = { email: 'ben@anchor.example', name: 'Ben Buyer' }
const invited = 'ida@anchor.example'

/** Successful, and invoiced. */
const invoiced = 'north-orchard.shop'

const seller = {
  mode: 'test',
  legalName: 'Droplock Ltd',
  address: '1 Harbour Road\nDublin',
  country: 'IE',
  taxId: 'IE1234567T',
  taxBasisPoints: 2_300,
  taxNote: null,
} as const

/** Open for orders, held by somebody, and not listed. */
const watched = ['amber-door.site', 'xn--bcher-kva.site', 'winter-garden.site', 'not-listed-yet.shop']

/** What else the account of the owner has: people, watched names, an invoice. */
export async function addAccountStates(environment: Environment): Promise<void> {
  const { db } = environment.ctx
  const { id: orderId, account_id: accountId } = await db
    .selectFrom('backorder')
    .select(['id', 'account_id'])
    .where('name', '=', invoiced)
    .executeTakeFirstOrThrow()
  await signUp(environment, { ...buyer, password: memberPassword, language: 'en', currency: 'USD' })
  await joinAccount(environment, buyer.email, accountId, 'buyer')
  const send = await actAs(environment, 'owner')
  await send('POST', '/people/all', { email: invited, role: 'viewer' })
  for (const name of watched) await send('PUT', `/api/v1/watches/${name}`, {})
  await setSeller(environment.ctx, seller)
  await send('POST', `/api/v1/backorders/${orderId}/invoice`, {})
}
