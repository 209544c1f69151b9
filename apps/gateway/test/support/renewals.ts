import type { Context } from '@droplock/core/context'
import { RegistrationPage } from '../../src/resources/registration-views.ts'
import { RenewalQuote } from '../../src/resources/renewals.ts'
import type { Ask, Send } from './app.ts'
import { endDrop } from './ended.ts'
import { order } from './requests.ts'
import { givenListings } from './world.ts'

/** A name that the customer of a key ordered and we caught. The path of its backorder. */
export async function givenCaught(
  { ctx, send }: { readonly ctx: Context; readonly send: Send },
  name: string,
  key: string,
): Promise<string> {
  await givenListings(ctx, [name])
  const placed = await send(order(name, key))
  await endDrop(ctx, name, (common) => ({
    ...common,
    code: 1000,
    holderClid: 'droplock',
    outcome: 'registered',
    crDate: new Date(),
    attempts: [],
  }))
  return placed.headers.get('Location') ?? ''
}

/** The same. The path of its registration. */
export async function givenRenewable(
  world: { readonly ctx: Context; readonly send: Send },
  name: string,
  key: string,
): Promise<string> {
  await givenCaught(world, name, key)
  const response = await world.send({ path: `/v1/registrations?name=${name}`, key })
  const { items } = RegistrationPage.parse(await response.json())
  return `/v1/registrations/${items[0]?.id}`
}

/** What a renewal of a registration would cost. */
export async function quote(send: Send, path: string, key: string, years = 1): Promise<RenewalQuote> {
  const response = await send({ path: `${path}/renewal-quote?years=${years}`, key })
  return RenewalQuote.parse(await response.json())
}

type RenewalQuote = ReturnType<typeof RenewalQuote.parse>

/** An order on a quote. */
export function renew(
  path: string,
  key: string,
  { years, price, expires_at }: Pick<RenewalQuote, 'years' | 'price' | 'expires_at'>,
  payment = 'balance',
): Ask {
  return { method: 'POST', path: `${path}/renewals`, key, body: { years, payment, price, expires_at } }
}

/** Asks for a quote and orders on it. */
export async function quoteAndRenew(
  send: Send,
  path: string,
  key: string,
  payment = 'balance',
): Promise<Response> {
  return send(renew(path, key, await quote(send, path, key), payment))
}
