import { type CamelCased, camelCased } from '@droplock/rules/letter-case'
import type { RefundState } from '@droplock/rules/machines/refund'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { type Page, requireCursor, toPage } from '../database/page.ts'
import { isOwnOrder } from '../own-orders.ts'

/** The refunds of the caller's payments, with what they were paid for; nothing of the people who decided them. */
function selectOwnRefunds(ctx: AccountContext) {
  return ctx.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .select(['refund.id', 'refund.name', 'refund.cause', 'refund.state', 'refund.destination'])
    .select(['refund.amount_minor', 'refund.currency', 'refund.created_at', 'refund.decided_at'])
    .select(['payment.id as payment_id', 'payment.backorder_id', 'payment.renewal_id', 'payment.method'])
    .where('payment.account_id', '=', ctx.actor.accountId)
    .where(isOwnOrder(ctx, sql`coalesce(payment.backorder_id, registration.backorder_id)`))
}

type Row = Awaited<ReturnType<ReturnType<typeof selectOwnRefunds>['execute']>>[number]

/** A refund as its payer sees it. Amounts in minor units. */
export type OwnRefundView = CamelCased<Row>

type ListRefunds = {
  readonly state?: RefundState
  readonly backorderId?: string
  /** `id` of the last refund of the page before. */
  readonly after?: string
  readonly limit: number
}

/** The caller's refunds, newest first. Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listOwnRefunds(ctx: AccountContext, query: ListRefunds): Promise<Page<OwnRefundView>> {
  requireScope(ctx, 'backorders:read')
  let select = selectOwnRefunds(ctx)
    .orderBy('refund.id', 'desc')
    .limit(query.limit + 1)
  if (query.state !== undefined) select = select.where('refund.state', '=', query.state)
  if (query.backorderId !== undefined) select = select.where('payment.backorder_id', '=', query.backorderId)
  if (query.after !== undefined) {
    await requireCursor(selectOwnRefunds(ctx).where('refund.id', '=', query.after))
    select = select.where('refund.id', '<', query.after)
  }
  const rows = await select.execute()
  return toPage(rows.map(camelCased), query.limit, ({ id }) => id)
}

/** One of the caller's refunds. Throws Refusal: insufficient_scope, refund_not_found. */
export async function getOwnRefund(ctx: AccountContext, id: string): Promise<OwnRefundView> {
  requireScope(ctx, 'backorders:read')
  const row = await selectOwnRefunds(ctx).where('refund.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('refund_not_found', 'No such refund.', { id })
  return camelCased(row)
}
