import { z } from 'zod'
import type { Environment } from '../../environment/environment.ts'
import { actAs } from './members.ts'

/** Held and not paid, for the quarter of an hour in which the pictures are taken. */
export const unpaid = 'cedar-island.site'
/** Held, and given back. */
export const released = 'dawn-bridge.site'

const Placed = z.object({ id: z.string() })

/** Orders by card of the owner, who pays none of them. */
export async function addUnpaidOrders(environment: Environment): Promise<void> {
  const send = await actAs(environment, 'owner')
  for (const name of [unpaid, released]) {
    const { id } = Placed.parse(await send('POST', '/api/v1/backorders', { name, payment: 'card' }))
    if (name === released) await send('POST', `/api/v1/backorders/${id}/release`, {})
  }
}
