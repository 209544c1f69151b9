import { topUp } from '@droplock/core/accounts/top-up'
import { joinAccount, type NewMember, signUp } from '@droplock/infra/marketplace/people'
import { openOrder, password } from './journey.ts'
import type { Marketplace, Visit } from './marketplace.ts'

/** Somebody who has signed in and has money on the balance, on the page of the names. */
export type Customer = Visit & { readonly email: string; readonly accountId: string }

/** What a customer begins with. Minor units of USD. */
export const BEGIN_MINOR = 10_000

/** What a name of the zone costs. Minor units of USD. */
export const PRICE_MINOR = 2_900

/** The account of a person who has signed in. */
export async function accountOf(
  { environment }: Pick<Marketplace, 'environment'>,
  email: string,
): Promise<string> {
  const { account_id: accountId } = await environment.ctx.db
    .selectFrom('member')
    .select('account_id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  if (accountId === null) throw new Error('who has signed in has an account')
  return accountId
}

/** Signs somebody up and in without the pages, which other tests do by hand. `of`: looks on at this customer's account, as a viewer. */
export async function newCustomer(marketplace: Marketplace, mark: string, of?: Customer): Promise<Customer> {
  const { environment } = marketplace
  const visit = await marketplace.visit({ language: 'en' })
  const email = `${mark}@unlucky.example`
  const person: NewMember = { email, password, name: 'Una Unlucky', language: 'en', currency: 'USD' }
  const cookies = await signUp(environment, person)
  if (of !== undefined) await joinAccount(environment, email, of.accountId, 'viewer')
  const url = environment.urlOf('marketplace')
  await visit.page.context().addCookies(cookies.map((cookie) => ({ ...pairOf(cookie), url })))
  await visit.open('/names')
  const accountId = await accountOf(marketplace, email)
  if (of === undefined)
    await topUp(environment.ctx, {
      accountId,
      amountMinor: BigInt(BEGIN_MINOR),
      receiptId: environment.ctx.newId(),
    })
  return { ...visit, email, accountId }
}

/** A new customer with the order of a name open, which nobody else knows of. */
export async function withOrderOpen(
  marketplace: Marketplace,
  mark: string,
): Promise<Customer & { readonly name: string }> {
  const name = `${mark}.live`
  await marketplace.drops.announce([name])
  const customer = await newCustomer(marketplace, mark)
  await openOrder(customer, name)
  return { ...customer, name }
}

function pairOf(cookie: string): { readonly name: string; readonly value: string } {
  const at = cookie.indexOf('=')
  return { name: cookie.slice(0, at), value: cookie.slice(at + 1) }
}

/** What the books have of a customer: their orders and payments as words, oldest first, and what is on the balance. */
export async function booksOf({ environment: { ctx } }: Marketplace, { accountId, page }: Customer) {
  const orders = await ctx.db
    .selectFrom('backorder')
    .select(['name', 'state', 'price_minor'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute()
  const payments = await ctx.db
    .selectFrom('payment')
    .select(['method', 'state', 'captured_minor'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .execute()
  const refunds = await ctx.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select(['refund.cause', 'refund.destination', 'refund.amount_minor'])
    .where('payment.account_id', '=', accountId)
    .execute()
  const balance = await page.request.get(new URL('/api/v1/balance', page.url()).href)
  return {
    orders: orders.map(({ state, price_minor }) => `${state} ${price_minor}`),
    payments: payments.map(({ method, state, captured_minor }) => `${method} ${state} ${captured_minor}`),
    refunds: refunds.map(({ cause, destination, amount_minor }) => `${cause} ${destination} ${amount_minor}`),
    available: (await balance.json()).available.amount_minor,
  }
}
