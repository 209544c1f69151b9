import { sql } from 'kysely'
import type { OrderFields } from '../../src/backorders/order-fields.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { createIntent } from '../../src/payment-provider/ask.ts'
import { handleProviderEvent, recordProviderEvent } from '../../src/payment-provider/handle-events.ts'
import { runProviderTask } from '../../src/payment-provider/run-tasks.ts'
import { sendRefund } from '../../src/refunds/send.ts'
import type { FakeProvider } from './fake-provider.ts'

/** A bound for loops that should end before. */
const ROUNDS_MAX = 1_000

/** Orders a name by card and requests the payment from the provider, as the gateway does. */
export async function hold(
  buyer: AccountContext,
  provider: FakeProvider,
  name: string,
  fields: OrderFields = {},
) {
  const held = await placeBackorder(buyer, { name, payment: 'card', ...fields })
  return { ...held, providerId: await ask(buyer, provider, held.paymentId) }
}

/** Creates the provider's intent for an opened payment. Returns its id there. */
export async function ask(ctx: Context, provider: FakeProvider, paymentId: string): Promise<string> {
  const answer = await createIntent(ctx, provider, paymentId)
  if (answer.kind !== 'done') throw new Error(`the provider said ${answer.kind}`)
  return answer.value.providerId
}

/** Records the provider's events and handles them until none is left. */
export async function deliver(ctx: Context, provider: FakeProvider): Promise<void> {
  for (const event of provider.events.splice(0)) await recordProviderEvent(ctx, provider.name, event)
  await sql`update provider_event set try_after = clock_timestamp() where handled_at is null`.execute(ctx.db)
  await untilNone(() => handleProviderEvent(ctx, provider))
}

/** The payer pays, and the provider's event arrives. */
export async function pay(ctx: Context, provider: FakeProvider, providerId: string): Promise<void> {
  provider.move(providerId, 'succeeded')
  await deliver(ctx, provider)
}

/** Runs all open tasks at the provider, whenever they are due. */
export async function runTasks(ctx: Context, provider: FakeProvider): Promise<void> {
  await sql`update provider_task set try_after = clock_timestamp() where done_at is null`.execute(ctx.db)
  await untilNone(() => runProviderTask(ctx, provider))
}

/** Sends every waiting refund once. */
export async function sendRefunds(ctx: Context, provider: FakeProvider): Promise<void> {
  await sql`update refund set try_after = clock_timestamp() where try_after is not null`.execute(ctx.db)
  await untilNone(() => sendRefund(ctx, provider))
}

async function untilNone(work: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) if (!(await work())) return
  throw new Error('the work did not end')
}

/** Moves the end of all unpaid holds to now. */
export async function endHolds(ctx: Context): Promise<void> {
  await sql`update backorder set pay_by = clock_timestamp() where state = 'pending_payment'`.execute(ctx.db)
  await sql`update renewal set pay_by = clock_timestamp() where state = 'pending_payment'`.execute(ctx.db)
  await sql`update payment set pay_by = clock_timestamp() where state in ('requires_action', 'processing', 'failed')`.execute(
    ctx.db,
  )
}
