import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Environment } from '../../environment/environment.ts'
import { memberPassword, members } from './members.ts'

/** Held and not paid, for the quarter of an hour in which the pictures are taken. */
export const unpaid = 'cedar-island.site'
/** Held, and given back. */
export const released = 'dawn-bridge.site'

const Placed = z.object({ id: z.string() })

/** Orders by card of the owner, who pays none of them. */
export async function addUnpaidOrders(environment: Environment): Promise<void> {
  const origin = environment.urlOf('marketplace')
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), origin, cookie },
      body: JSON.stringify(body),
    })
  const signedIn = await post('/auth/sign-in/email', {
    email: members.owner.email,
    password: memberPassword,
    callbackURL: '/en/orders',
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';', 1)[0])
    .join('; ')
  for (const name of [unpaid, released]) {
    const answer = await post('/api/v1/backorders', { name, payment: 'card' }, cookie)
    if (!answer.ok) throw new Error(`the order of ${name} was answered with ${await answer.text()}`)
    const { id } = Placed.parse(await answer.json())
    if (name === released) await post(`/api/v1/backorders/${id}/release`, {}, cookie)
  }
}
