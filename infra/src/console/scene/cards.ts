import { placeBackorder } from '@droplock/core/backorders/place'
import type { AccountContext, Context } from '@droplock/core/context'
import { createIntent } from '@droplock/core/payment-provider/ask'
import { handleProviderEvent, recordProviderEvent } from '@droplock/core/payment-provider/handle-events'
import { sendRefund } from '@droplock/core/refunds/send'
import { createSandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import type { PaymentProvider } from '@droplock/rules/ports/payments'

/** Magic cards of the sandbox; see `packages/payments/src/processor/cards.ts`. */
const good = '4242424242424242'
const refundFailsLater = '4000000000005126'

/** Names of the drop that are paid by card. A refund to the second kind of card comes back. */
export const paidByCard: Readonly<Record<string, string>> = {
  'fair-winds.shop': good,
  'broken-mast.shop': refundFailsLater,
  'torn-sail.shop': refundFailsLater,
}

/** A failed refund that waits in the scene for finance. */
export const failedRefundOf = 'broken-mast.shop'

type Till = AsyncDisposable & {
  readonly provider: PaymentProvider
  /** Orders a name and pays it by its card. */
  order(customer: AccountContext, name: string): Promise<void>
  /** Sends what is owed to cards, and has the banks send it back. */
  refundAndFail(): Promise<void>
  /** The cardholder's bank takes back what was paid for a name. Returns the payment's id. */
  dispute(name: string): Promise<string>
}

/** A sandbox provider for as long as the scene is set. What it would tell by webhook is put into the mailbox by hand. */
export async function openTill(ctx: Context): Promise<Till> {
  const keys = { apiKey: 'scene-key', webhookSecret: 'scene-secret' }
  const server = await startSandboxProvider({ ...keys, port: 0, laterMs: 'by_hand' })
  const provider = createSandboxProvider({ ...keys, url: server.url })
  const control = createSandboxControl(server.url, keys.apiKey)
  let events = 0
  const tell = async (about: 'payment' | 'refund' | 'dispute', objectId: string) => {
    events += 1
    const eventId = `evt_scene_${events}`
    await recordProviderEvent(ctx, provider.name, { kind: 'event', eventId, about, objectId })
    await handleProviderEvent(ctx, provider)
  }
  return {
    provider,
    order: async (customer, name) => {
      const { paymentId } = await placeBackorder(customer, { name, payment: 'card' })
      const answer = await createIntent(ctx, provider, paymentId)
      if (answer.kind !== 'done') throw new Error(`the sandbox said ${answer.kind}`)
      const { providerId, clientSecret } = answer.value
      if (clientSecret === undefined) throw new Error('the sandbox gave no secret to pay with')
      await control.pay({ providerId, clientSecret }, paidByCard[name] ?? good)
      await tell('payment', providerId)
    },
    refundAndFail: async () => {
      while (await sendRefund(ctx, provider));
      const sent = await ctx.db
        .selectFrom('refund')
        .select('provider_refund_id')
        .where('provider_refund_id', 'is not', null)
        .orderBy('id')
        .execute()
      for (const { provider_refund_id: id } of sent) {
        if (id === null) continue
        await control.settle(id)
        await tell('refund', id)
      }
    },
    dispute: async (name) => {
      const payment = await ctx.db
        .selectFrom('payment')
        .innerJoin('backorder', 'backorder.id', 'payment.backorder_id')
        .select(['payment.id', 'provider_id'])
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
      await tell('dispute', await control.openDispute(payment.provider_id ?? ''))
      return payment.id
    },
    [Symbol.asyncDispose]: server.stop,
  }
}
