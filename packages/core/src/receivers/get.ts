import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Receiver, selectReceivers, toReceiver } from './receiver-view.ts'

/** Throws Refusal: forbidden, receiver_not_found. */
export async function getReceiver(ctx: StaffContext, id: string): Promise<Receiver> {
  requirePermission(ctx, 'console:read')
  const row = await selectReceivers(ctx).where('receiver.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('receiver_not_found', 'No such receiver.', { id })
  return toReceiver(row)
}
