import type { PaymentProvider, WebhookEvent } from '@droplock/rules/ports/payments'
import { sql } from 'kysely'
import type { Context } from '../context.ts'

/**
 * Stores a verified event before anything is done about it, so that the provider may be answered at once. Whether it is new: a
 * copy adds nothing.
 */
export async function recordProviderEvent(
  ctx: Context,
  provider: PaymentProvider['name'],
  event: WebhookEvent,
): Promise<boolean> {
  const { rows } = await sql`
    insert into provider_event (provider, event_id, about, object_id, received_at, try_after)
    select ${provider}, ${event.eventId}, ${event.about}, ${event.objectId}, at, at from (select clock_timestamp() as at) as clock
    on conflict (provider, event_id) do nothing returning event_id`.execute(ctx.db)
  return rows.length === 1
}
