import type { PaymentPurpose } from '@droplock/rules/machines/payment'
import type { PayoutState } from '@droplock/rules/ports/payments'
import type { MovementKind } from '@droplock/rules/reconciliation/match-movements'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import { type StaffRef, toStaffRef } from '../staff/read.ts'

/** What a provider paid to our bank account. Amounts in minor units. */
export type PayoutView = {
  readonly id: string
  readonly provider: string
  readonly providerPayoutId: string
  readonly state: PayoutState
  readonly amountMinor: bigint
  readonly currency: string
  readonly madeAt: Date
  readonly arrivesAt: Date
  /** Whether the provider says what it pays out, and since when we know all of it. */
  readonly isItemised: boolean
  readonly itemisedAt: Date | null
  /** The line of the bank statement that has it; null while none was found. */
  readonly bankReference: string | null
  /** `2026-11-29` */
  readonly bankDate: string | null
  readonly matchedBy: StaffRef | null
  readonly matchedAt: Date | null
  readonly version: number
}

function selectPayouts(ctx: StaffContext) {
  return ctx.db
    .selectFrom('payout')
    .leftJoin('staff_account as matcher', 'matcher.id', 'payout.matched_by')
    .selectAll('payout')
    .select('matcher.name as matcher_name')
}

type Row = Awaited<ReturnType<ReturnType<typeof selectPayouts>['execute']>>[number]

function toPayoutView(row: Row): PayoutView {
  return {
    id: row.id,
    provider: row.provider,
    providerPayoutId: row.provider_payout_id,
    state: row.state,
    amountMinor: row.amount_minor,
    currency: row.currency,
    madeAt: row.made_at,
    arrivesAt: row.arrives_at,
    isItemised: row.is_itemised,
    itemisedAt: row.itemised_at,
    bankReference: row.bank_reference,
    bankDate: row.bank_date,
    matchedBy: toStaffRef(row.matched_by, row.matcher_name),
    matchedAt: row.matched_at,
    version: row.version,
  }
}

type ListPayouts = Paging & {
  readonly sort: Sorting<'madeAt' | 'arrivesAt' | 'amount'>
  readonly state?: PayoutState
  readonly isMatched?: boolean
  /** A whole id of the provider, or a reference of the bank. */
  readonly q?: string
}

const columns = { madeAt: 'made_at', arrivesAt: 'arrives_at', amount: 'amount_minor' } as const

/** The payouts of all providers. Throws Refusal('forbidden'). */
export async function listPayouts(ctx: StaffContext, query: ListPayouts): Promise<Listed<PayoutView>> {
  requirePermission(ctx, 'money:read')
  const { state, isMatched, q, sort } = query
  let payouts = selectPayouts(ctx)
  if (state !== undefined) payouts = payouts.where('payout.state', '=', state)
  if (isMatched !== undefined) payouts = payouts.where('matched_at', isMatched ? 'is not' : 'is', null)
  if (q !== undefined)
    payouts = payouts.where(sql<boolean>`(provider_payout_id = ${q} or bank_reference = upper(${q}))`)
  const sorted = payouts.orderBy(columns[sort.field], sort.order).orderBy('payout.id', sort.order)
  return readListed(ctx.db, sorted, query, toPayoutView)
}

/** All movements of a kind in a payout. */
export type PayoutPart = {
  readonly kind: MovementKind
  readonly movements: number
  readonly grossMinor: bigint
  readonly feeMinor: bigint
  readonly netMinor: bigint
  readonly currency: string
}

export type PayoutDetail = PayoutView & {
  readonly parts: readonly PayoutPart[]
  /** The amount less the parts; null while they are not known. */
  readonly differenceMinor: bigint | null
  /** How many of its movements are of nothing that is in our books. */
  readonly unknownMovements: number
}

/** Throws Refusal: forbidden, payout_not_found. */
export async function getPayout(ctx: StaffContext, id: string): Promise<PayoutDetail> {
  requirePermission(ctx, 'money:read')
  const row = await selectPayouts(ctx).where('payout.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('payout_not_found', 'No such payout.', { id })
  const view = toPayoutView(row)
  const { rows } = await sql<PartRow>`
    select kind, count(*)::integer as movements, sum(settled_minor) as gross, sum(fee_minor) as fee, settled_currency as currency,
      count(*) filter (where kind <> 'fee' and not ${isKnown})::integer as unknown
    from provider_movement as movement where payout_id = ${id} and gone_at is null
    group by kind, settled_currency order by kind`.execute(ctx.db)
  const parts = rows.map(toPart)
  const net = parts.reduce((sum, { netMinor }) => sum + netMinor, 0n)
  return {
    ...view,
    parts,
    differenceMinor: view.itemisedAt === null ? null : view.amountMinor - net,
    unknownMovements: rows.reduce((sum, { unknown }) => sum + unknown, 0),
  }
}

type PartRow = Pick<PayoutPart, 'kind' | 'movements' | 'currency'> & {
  readonly gross: string
  readonly fee: string
  readonly unknown: number
}

function toPart({ kind, movements, gross, fee, currency }: PartRow): PayoutPart {
  const [grossMinor, feeMinor] = [BigInt(gross), BigInt(fee)]
  return { kind, movements, grossMinor, feeMinor, netMinor: grossMinor - feeMinor, currency }
}

const isKnown = sql<boolean>`(exists (select from payment where payment.provider = movement.provider and provider_id = object_id)
  or exists (select from refund where provider_refund_id = object_id)
  or exists (select from dispute where provider_dispute_id = object_id))`

/** A movement that a payout pays out, and whose it is in our books. */
export type PayoutMovement = {
  readonly id: string
  readonly kind: MovementKind
  readonly objectId: string | null
  readonly movedAt: Date
  readonly grossMinor: bigint
  readonly feeMinor: bigint
  readonly netMinor: bigint
  readonly currency: string
  readonly paymentId: string | null
  readonly refundId: string | null
  readonly disputeId: string | null
  readonly purpose: PaymentPurpose | null
  readonly accountName: string | null
  readonly name: string | null
}

/** What a payout pays out, newest first. Throws Refusal: forbidden, payout_not_found. */
export async function listPayoutMovements(
  ctx: StaffContext,
  { payoutId, ...page }: Paging & { readonly payoutId: string },
): Promise<Listed<PayoutMovement>> {
  requirePermission(ctx, 'money:read')
  const known = await ctx.db.selectFrom('payout').select('id').where('id', '=', payoutId).executeTakeFirst()
  if (known === undefined) throw new Refusal('payout_not_found', 'No such payout.', { id: payoutId })
  const movements = ctx.db
    .selectFrom('provider_movement as movement')
    .leftJoin('refund', 'refund.provider_refund_id', 'movement.object_id')
    .leftJoin('dispute', 'dispute.provider_dispute_id', 'movement.object_id')
    .leftJoin('payment', (join) =>
      join.on(
        sql<boolean>`payment.id = coalesce(refund.payment_id, dispute.payment_id,
          (select id from payment as paid where paid.provider = movement.provider and paid.provider_id = movement.object_id))`,
      ),
    )
    .leftJoin('account', 'account.id', 'payment.account_id')
    .leftJoin('listing', 'listing.id', 'payment.listing_id')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .selectAll('movement')
    .select((eb) => [
      'payment.id as payment_id',
      'payment.purpose',
      'refund.id as refund_id',
      'dispute.id as dispute_id',
      'account.name as account_name',
      eb.fn.coalesce('listing.name', 'registration.name').as('name'),
    ])
    .where('movement.payout_id', '=', payoutId)
    .where('movement.gone_at', 'is', null)
    .orderBy('movement.moved_at', 'desc')
    .orderBy('movement.movement_id', 'desc')
  return readListed(ctx.db, movements, page, (row) => ({
    id: row.movement_id,
    kind: row.kind,
    objectId: row.object_id,
    movedAt: row.moved_at,
    grossMinor: row.settled_minor,
    feeMinor: row.fee_minor,
    netMinor: row.settled_minor - row.fee_minor,
    currency: row.settled_currency,
    paymentId: row.payment_id,
    refundId: row.refund_id,
    disputeId: row.dispute_id,
    purpose: row.purpose,
    accountName: row.account_name,
    name: row.name,
  }))
}
