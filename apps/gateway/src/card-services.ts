import { openTopUp } from '@droplock/core/accounts/top-up'
import type { HeldBackorder } from '@droplock/core/backorders/claim-listing'
import { placeBackorder } from '@droplock/core/backorders/place'
import {
  type AccountActor,
  type AccountContext,
  actFor,
  type Context,
  requireScope,
} from '@droplock/core/context'
import { type AskedPayment, askForOpened, askForSecret } from '@droplock/core/payment-provider/ask'
import { recordProviderEvent } from '@droplock/core/payment-provider/handle-events'
import { offerPayment } from '@droplock/core/payments/offer'
import { openPayment } from '@droplock/core/payments/open'
import { getPayment, type PaymentWithRefunds } from '@droplock/core/payments/read'
import { openRenewalPayment } from '@droplock/core/renewals/order'
import type {
  PaymentProvider,
  RejectedWebhook,
  WebhookEvent,
  WebhookHeaders,
} from '@droplock/rules/ports/payments'
import { Refusal } from '@droplock/rules/refusals'

type HeldOrder = { readonly backorder: HeldBackorder; readonly payment: AskedPayment }

type ReceivedEvent = WebhookEvent & {
  readonly provider: PaymentProvider['name']
  /** A copy adds nothing. */
  readonly isNew: boolean
}

/** What needs the card provider of the mode. What opens a payment commits first and asks the provider then. */
export type CardServices = {
  holdBackorder(actor: AccountActor, name: string): Promise<HeldOrder>
  payBackorder(actor: AccountActor, id: string): Promise<AskedPayment>
  payRenewal(actor: AccountActor, id: string): Promise<AskedPayment>
  payForName(actor: AccountActor, name: string): Promise<AskedPayment>
  topUp(actor: AccountActor, amountMinor: bigint): Promise<AskedPayment>
  getPayment(actor: AccountActor, id: string): Promise<PaymentWithRefunds & AskedPayment>
  /** Stores an event of the provider, unless it is not genuine. Throws Refusal('not_found') where there is no provider. */
  receiveEvent(rawBody: Uint8Array, headers: WebhookHeaders): Promise<ReceivedEvent | RejectedWebhook>
}

export function createCardServices(ctx: Context, provider: PaymentProvider | undefined): CardServices {
  const as = (actor: AccountActor) => actFor(ctx, actor)
  return {
    holdBackorder: async (actor, name) => {
      const cards = requireCards(as(actor), provider)
      const backorder = await placeBackorder(as(actor), { name, payment: 'card' })
      return { backorder, payment: await askForOpened(as(actor), cards, backorder.paymentId) }
    },
    payBackorder: async (actor, id) => {
      const cards = requireCards(as(actor), provider)
      return askForOpened(as(actor), cards, await openPayment(as(actor), id))
    },
    payRenewal: async (actor, id) => {
      const cards = requireCards(as(actor), provider)
      return askForOpened(as(actor), cards, await openRenewalPayment(as(actor), id))
    },
    payForName: async (actor, name) => {
      const cards = requireCards(as(actor), provider)
      const { paymentId } = await offerPayment(as(actor), name)
      return askForOpened(as(actor), cards, paymentId)
    },
    topUp: async (actor, amountMinor) => {
      const cards = requireCards(as(actor), provider)
      return askForOpened(as(actor), cards, await openTopUp(as(actor), amountMinor))
    },
    getPayment: async (actor, id) => {
      const payment = await getPayment(as(actor), id)
      return provider === undefined
        ? payment
        : { ...payment, ...(await askForSecret(as(actor), provider, payment)) }
    },
    receiveEvent: (rawBody, headers) => receiveEvent(ctx, provider, rawBody, headers),
  }
}

/** Before anything is opened: nothing is held for a payment that nobody can ask for. The scope is told first, as everywhere. */
export function requireCards(ctx: AccountContext, provider: PaymentProvider | undefined): PaymentProvider {
  requireScope(ctx, 'backorders:write')
  if (provider !== undefined) return provider
  throw new Refusal(
    'card_unavailable',
    'No cards are taken here. Pay from the balance, which a bank transfer tops up.',
  )
}

async function receiveEvent(
  ctx: Context,
  provider: PaymentProvider | undefined,
  rawBody: Uint8Array,
  headers: WebhookHeaders,
): Promise<ReceivedEvent | RejectedWebhook> {
  if (provider === undefined) throw new Refusal('not_found', 'There is nothing at this path.')
  // Our clock against the one that signed; no round trip to the database for what anybody may send.
  const event = provider.parseWebhook(rawBody, headers, new Date())
  if (event.kind === 'rejected') return event
  const isNew = await recordProviderEvent(ctx, provider.name, event)
  return { ...event, provider: provider.name, isNew }
}
