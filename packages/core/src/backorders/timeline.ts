import { describe, type HistoryEvent } from '@droplock/rules/order-history'
import { Refusal } from '@droplock/rules/refusals'
import type { Kysely } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { newestFirst, readDecidingAttempt } from './attempts.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './read.ts'

/** Corrections of one schedule; more are not read. */
const MOVES_MAX = 100

/** Something that happened to an order, with its words for people. */
export type OrderTimelineEntry = HistoryEvent & { readonly at: Date; readonly text: string }

type Happened = HistoryEvent & { readonly at: Date }

/**
 * What happened to one of the caller's orders, oldest first; what happened at the same instant in the order of cause. Of the commands to
 * the registry the first and the deciding one; `listAttempts` has them all. Throws Refusal: insufficient_scope, backorder_not_found.
 */
export async function getOrderTimeline(
  ctx: AccountContext,
  id: string,
): Promise<readonly OrderTimelineEntry[]> {
  requireScope(ctx, 'backorders:read')
  const row = await selectBackorders(ctx).where('backorder.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  const order = toBackorderView(row)
  const target = await ctx.db
    .selectFrom('catch_target')
    .selectAll()
    .where('backorder_id', '=', id)
    .executeTakeFirst()
  const happened: readonly Happened[] = [
    ordered(order),
    ...(await readPayments(ctx.db, id)),
    ...secured(order),
    ...(await readMoves(ctx.db, order.listingId)),
    ...(target === undefined ? [] : await readDrop(ctx.db, target)),
    ...decided(order, target),
    ...(await readRefunds(ctx.db, id)),
  ]
  return happened
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((event) => ({ ...event, text: describe(event) }))
}

function ordered({ createdAt, payBy, priceMinor, currency }: BackorderView): Happened {
  return { at: createdAt, kind: 'ordered', payBy, amountMinor: priceMinor, currency }
}

function secured({ securedAt }: BackorderView): readonly Happened[] {
  return securedAt === null ? [] : [{ at: securedAt, kind: 'secured' }]
}

async function readPayments(db: Kysely<Database>, backorderId: string): Promise<readonly Happened[]> {
  const payments = await db
    .selectFrom('payment')
    .select(['created_at', 'method', 'state', 'amount_minor', 'currency'])
    .where('backorder_id', '=', backorderId)
    .orderBy('id')
    .execute()
  return payments.map(({ created_at: at, method, state, amount_minor: amountMinor, currency }) => ({
    at,
    kind: 'payment',
    method,
    state,
    amountMinor,
    currency,
  }))
}

/** What lists and operators changed about the name's schedule in its whole cycle, also before this order. */
async function readMoves(db: Kysely<Database>, listingId: string): Promise<readonly Happened[]> {
  const changes = await db
    .selectFrom('sync_change')
    .innerJoin('sync_run', 'sync_run.id', 'sync_change.run_id')
    .select(['sync_change.kind', 'cutoff_after', 'drop_from_after', 'drop_to_after', 'sync_run.published_at'])
    .where('listing_id', '=', listingId)
    .where('sync_change.kind', 'in', ['moved', 'suspected'])
    .orderBy('sync_run.published_at')
    .limit(MOVES_MAX)
    .execute()
  const overrides = await db
    .selectFrom('schedule_override')
    .select(['applied_at', 'cutoff_at', 'drop_from', 'drop_to'])
    .where('listing_id', '=', listingId)
    .orderBy('applied_at')
    .limit(MOVES_MAX)
    .execute()
  const byLists = changes.map((change): Happened => {
    const { cutoff_after: cutoffAt, drop_from_after: dropFrom, drop_to_after: dropTo } = change
    const at = change.published_at ?? new Date(0)
    if (change.kind === 'suspected' || cutoffAt === null || dropFrom === null || dropTo === null)
      return { at, kind: 'suspected' }
    return { at, kind: 'moved_by_list', cutoffAt, dropFrom, dropTo }
  })
  const byOperators = overrides.map(
    ({ applied_at: at, cutoff_at: cutoffAt, drop_from: dropFrom, drop_to: dropTo }): Happened => ({
      at,
      kind: 'moved_by_operator',
      cutoffAt,
      dropFrom,
      dropTo,
    }),
  )
  return [...byLists, ...byOperators]
}

type Target = {
  readonly id: string
  readonly armed_at: Date
  readonly drop_from: Date
  readonly drop_to: Date
  readonly deciding_cltrid: string | null
  readonly holder_clid: string | null
  readonly winner_created_at: Date | null
}

async function readDrop(db: Kysely<Database>, target: Target): Promise<readonly Happened[]> {
  const armed = {
    at: target.armed_at,
    kind: 'armed',
    dropFrom: target.drop_from,
    dropTo: target.drop_to,
  } as const
  const first = await newestFirst(db, target.id)
    .clearOrderBy()
    .orderBy('sent_at')
    .orderBy('cltrid')
    .limit(1)
    .executeTakeFirst()
  const deciding = await readDecidingAttempt(db, {
    targetId: target.id,
    decidingClTRID: target.deciding_cltrid,
  })
  return [
    armed,
    ...(first === undefined ? [] : [{ at: first.sent_at, kind: 'first_attempt' } as const]),
    ...(deciding === null
      ? []
      : [
          {
            at: deciding.sentAt,
            kind: 'deciding_attempt',
            code: deciding.code,
            message: deciding.message,
          } as const,
        ]),
  ]
}

function decided(order: BackorderView, target: Target | undefined): readonly Happened[] {
  if (order.decidedAt === null) return []
  return [
    {
      at: order.decidedAt,
      kind: 'decided',
      state: order.state,
      reason: order.failureReason ?? order.expiredReason,
      settledAt: order.settledAt,
      holderClid: target?.holder_clid ?? null,
      winnerCreatedAt: target?.winner_created_at ?? null,
    },
  ]
}

async function readRefunds(db: Kysely<Database>, backorderId: string): Promise<readonly Happened[]> {
  const refunds = await db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select(['refund.created_at', 'refund.decided_at', 'refund.state', 'refund.destination'])
    .select(['refund.amount_minor', 'refund.currency'])
    .where('payment.backorder_id', '=', backorderId)
    .orderBy('refund.id')
    .execute()
  return refunds.flatMap(({ created_at, decided_at, state, destination, amount_minor, currency }) => {
    const amount = { amountMinor: amount_minor, currency }
    const created: Happened = { at: created_at, kind: 'refund_created', destination, ...amount }
    if (decided_at === null) return [created]
    return [created, { at: decided_at, kind: 'refund_decided', state, ...amount } as const]
  })
}
