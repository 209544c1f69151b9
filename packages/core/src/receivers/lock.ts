import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A receiver of operators that is not disabled. Throws Refusal: receiver_not_found, receiver_disabled. */
export async function lockLiveReceiver(tx: Transaction<Database>, id: string) {
  const receiver = await tx
    .selectFrom('event_receiver')
    .select(['kind', 'address', 'topics', 'alarm_kinds', 'secret_reference', 'disabled_at'])
    .where('id', '=', id)
    .where('account_id', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (receiver === undefined) throw new Refusal('receiver_not_found', 'No such receiver.', { id })
  const { disabled_at: disabledAt, ...live } = receiver
  if (disabledAt !== null) throw new Refusal('receiver_disabled', 'It was disabled before.')
  return live
}
