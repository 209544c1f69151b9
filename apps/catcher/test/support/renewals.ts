import { orderRenewal } from '@droplock/core/renewals/order'
import { quoteRenewal } from '@droplock/core/renewals/read'
import type { Testbed } from './testbed.ts'
import { waitUntil } from './wait-until.ts'

/** Orders names and waits until all of them are caught. */
export async function catchAll(testbed: Testbed, names: readonly string[], inMs = 1_200): Promise<void> {
  await testbed.order(
    names.map((name) => ({ name, kind: 'normal', priorClid: 'registrar-12', rivals: [] })),
    inMs,
  )
  await waitUntil('every name is caught', async () => {
    const left = await testbed.clone.db
      .selectFrom('backorder')
      .select('id')
      .where('state', '<>', 'successful')
      .execute()
    return left.length === 0
  })
}

/** Quotes and orders a renewal from the balance. Returns its id. */
export async function renewFor(
  testbed: Pick<Testbed, 'buyer' | 'clone'>,
  name: string,
  years = 1,
): Promise<string> {
  const { id: registrationId } = await testbed.clone.db
    .selectFrom('registration')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  const { priceMinor, currency, expiresAt } = await quoteRenewal(testbed.buyer, { registrationId, years })
  const quoted = { priceMinor, currency, expiresAt }
  const { id } = await orderRenewal(testbed.buyer, { registrationId, years, payment: 'balance', quoted })
  return id
}

/** A renewal with its registry request. */
export function readRenewal(testbed: Testbed, id: string) {
  return testbed.clone.db
    .selectFrom('renewal')
    .innerJoin('registry_request', 'registry_request.renewal_id', 'renewal.id')
    .innerJoin('registration', 'registration.id', 'renewal.registration_id')
    .select(['renewal.state', 'failure_reason', 'new_expires_at', 'expires_at'])
    .select(['registry_request.state as request', 'attempts', 'answer_code', 'svtrid'])
    .where('renewal.id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Makes every request of these kinds due at once, instead of waiting; of all where none is given. */
export async function hurry(
  testbed: Pick<Testbed, 'clone'>,
  kinds: readonly ('registration_change' | 'contact_create')[] = [],
): Promise<void> {
  const due = testbed.clone.db
    .updateTable('registry_request')
    .set({ try_after: new Date(0) })
    .where('state', '<>', 'done')
  await (kinds.length === 0 ? due : due.where('kind', 'in', kinds)).execute()
}

/** Waits until a renewal is decided, with every request due at once. Returns the renewal. */
export async function decided(testbed: Testbed, id: string) {
  await waitUntil(`renewal ${id} is decided`, async () => {
    const { state } = await readRenewal(testbed, id)
    if (state === 'successful' || state === 'failed') return true
    await hurry(testbed)
    return false
  })
  return readRenewal(testbed, id)
}

/** The registry's expiry date of our name. */
export function exDateOf(testbed: Testbed, name: string): Date {
  const truth = testbed.simulator.truth('sim').find((each) => each.name === name)
  return new Date(truth?.winner?.exDate ?? 0)
}

/** The registry's bookings for renewals of a name, in order. */
export async function renewsOf(testbed: Testbed, name: string): Promise<readonly string[]> {
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/report.csv`)
  const lines = (await answer.text()).split('\n').map((line) => line.split(','))
  return lines.filter((line) => line[2] === 'renew' && line[3] === name).map((line) => line.join(','))
}

/** How often a renewal was refunded. */
export async function refundsOf(testbed: Pick<Testbed, 'clone'>, id: string): Promise<number> {
  const refunds = await testbed.clone.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select('refund.id')
    .where('payment.renewal_id', '=', id)
    .execute()
  return refunds.length
}
