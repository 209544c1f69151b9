import { type AccountActor, actFor, type Context } from '@droplock/core/context'
import type { Page } from '@droplock/core/database/page'
import { type AskedPayment, askForOpened } from '@droplock/core/payment-provider/ask'
import { type OrderRenewal, orderRenewal } from '@droplock/core/renewals/order'
import {
  getRenewal,
  type ListRenewals,
  listRenewals,
  quoteRenewal,
  type RenewalQuote,
  type RenewalView,
} from '@droplock/core/renewals/read'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { requireCards } from './card-services.ts'

export type OrderedRenewal = { readonly renewal: RenewalView; readonly payment?: AskedPayment }

export type RenewalServices = {
  quoteRenewal(
    actor: AccountActor,
    wanted: { readonly backorderId: string; readonly years: number },
  ): Promise<RenewalQuote>
  /** By card it commits first and asks the provider then. */
  orderRenewal(actor: AccountActor, order: OrderRenewal): Promise<OrderedRenewal>
  getRenewal(actor: AccountActor, id: string): Promise<RenewalView>
  listRenewals(actor: AccountActor, query: ListRenewals): Promise<Page<RenewalView>>
}

export function createRenewalServices(ctx: Context, provider: PaymentProvider | undefined): RenewalServices {
  const as = (actor: AccountActor) => actFor(ctx, actor)
  return {
    quoteRenewal: (actor, wanted) => quoteRenewal(as(actor), wanted),
    orderRenewal: async (actor, order) => {
      const cards = order.payment === 'card' ? requireCards(as(actor), provider) : undefined
      const { paymentId, ...renewal } = await orderRenewal(as(actor), order)
      if (cards === undefined || paymentId === undefined) return { renewal }
      return { renewal, payment: await askForOpened(as(actor), cards, paymentId) }
    },
    getRenewal: (actor, id) => getRenewal(as(actor), id),
    listRenewals: (actor, query) => listRenewals(as(actor), query),
  }
}
