import { setSeller } from '@droplock/core/billing/seller'
import { actFor, asService, type Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { completeRefund } from '@droplock/core/refunds/complete'
import { claimDueRequest } from '@droplock/core/registry-requests/claim-due'
import { orderRenewal } from '@droplock/core/renewals/order'
import { quoteRenewal } from '@droplock/core/renewals/read'
import { settleRenewal } from '@droplock/core/renewals/settle'
import { closeDue } from '@droplock/core/schedule/steps'
import { addStaff } from '@droplock/core/staff/administer'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { recordOutcome } from '@droplock/core/targets/record-outcome'
import { scopes } from '@droplock/rules/accounts'
import { registrationOf } from '../../../../packages/core/test/support/registration-of.ts'
import type { Send } from './app.ts'
import { order, someProfile } from './requests.ts'
import { type Customer, givenCustomer, givenListings, registryAccountId, type World } from './world.ts'

export const crDate = new Date('2026-02-15T13:00:00.123Z')

/** Who sells, and a customer who has said whom invoices are for. */
export async function givenBilled(world: World): Promise<Customer> {
  await setSeller(world.ctx, {
    mode: 'test',
    legalName: 'Droplock Test Ltd',
    address: '1 Some Street',
    country: 'IE',
    taxId: 'IE1234567X',
    taxBasisPoints: 2_300,
    taxNote: null,
  })
  const customer = await givenCustomer(world.ctx)
  await world.send({
    method: 'PUT',
    path: '/v1/billing-profile',
    body: someProfile,
    headers: { 'If-None-Match': '*' },
    key: customer.key,
  })
  return customer
}

/** Orders a name and has it caught. The backorder's id. */
export async function givenCaught(world: World, { key }: Customer, name: string): Promise<string> {
  await givenListings(world.ctx, [name])
  const placed = await world.send(order(name, key))
  const { db } = world.ctx
  const past = new Date(Date.now() - 1_000)
  await db.updateTable('listing').set({ cutoff_at: past, drop_from: past }).where('name', '=', name).execute()
  await closeDue(world.ctx)
  const target = await db
    .selectFrom('catch_target')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  await beginFiring(world.ctx, [target.id])
  await recordOutcome(world.ctx, {
    targetId: target.id,
    listingId: target.listing_id,
    registryAccountId,
    code: 1000,
    holderClid: 'droplock',
    outcome: 'registered',
    crDate,
    attempts: [],
  })
  return placed.headers.get('Location')?.split('/').at(-1) ?? ''
}

/** Requests the invoice of a caught name; the answer. */
export async function requestInvoice(send: Send, { key }: Customer, backorderId: string): Promise<Response> {
  return send({ method: 'POST', path: `/v1/backorders/${backorderId}/invoice`, key })
}

/** A caught name with its invoice. */
export async function givenInvoice(world: World, name: string) {
  const customer = await givenBilled(world)
  const backorderId = await givenCaught(world, customer, name)
  const response = await requestInvoice(world.send, customer, backorderId)
  const path = response.headers.get('Location') ?? ''
  return { ...customer, backorderId, path }
}

/** Finance staff refund a part of it. */
export async function refund(ctx: Context, backorderId: string, amountMinor: bigint): Promise<string> {
  const email = `${newId()}@example.test`
  const person = { email, name: 'Ann', roles: ['finance'] } as const
  const staffId = await addStaff(asService(ctx), { ...person, passwordHash: 'no password' })
  const actor = { kind: 'staff', staffId, sessionId: newId(), standing: 'proven', ...person } as const
  const { id: paymentId } = await ctx.db
    .selectFrom('payment')
    .select('id')
    .where('backorder_id', '=', backorderId)
    .where('secures', '=', true)
    .executeTakeFirstOrThrow()
  return completeRefund(
    { ...ctx, actor },
    { paymentId, amountMinor, reasonCode: 'goodwill', note: 'a late answer' },
  )
}

/** A renewal by two years of a caught name, ordered and, unless it is to wait, carried out. Its id. */
export async function givenRenewal(
  { ctx }: World,
  { accountId }: Customer,
  backorderId: string,
  { waits = false } = {},
): Promise<string> {
  const actor = { kind: 'account', accountId, keyId: newId(), scopes, currency: 'USD' } as const
  const buyer = actFor(ctx, actor)
  const registrationId = await registrationOf(buyer, backorderId)
  const quoted = await quoteRenewal(buyer, { registrationId, years: 2 })
  const renewal = await orderRenewal(buyer, { registrationId, years: 2, payment: 'balance', quoted })
  if (waits) return renewal.id
  const due = await claimDueRequest(ctx, registryAccountId)
  if (due?.kind !== 'renew') throw new Error('nothing is asked of the registry')
  const { id: requestId, renewalId } = due
  const expiresAt = new Date(quoted.expiresAt)
  expiresAt.setUTCFullYear(expiresAt.getUTCFullYear() + 2)
  const common = { requestId, renewalId, registrationId, code: 1000, svTRID: null }
  await settleRenewal(ctx, { ...common, outcome: 'renewed', expiresAt })
  return renewalId
}
