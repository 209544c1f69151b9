import {
  type DisputeStage,
  disputeStageOf,
  type WhyNotAnswer,
  whyNotAnswer,
} from '@droplock/rules/disputes/answer'
import type { Evidence } from '@droplock/rules/disputes/evidence'
import { suggestEvidence } from '@droplock/rules/disputes/suggest'
import type { EvidenceState } from '@droplock/rules/machines/dispute-evidence'
import type { PaymentPurpose } from '@droplock/rules/machines/payment'
import type { DisputeReason } from '@droplock/rules/ports/payments'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import { databaseTime } from '../database/time.ts'
import { type StaffRef, toStaffRef } from '../staff/read.ts'
import { readCaseFacts } from './case-facts.ts'

/** A dispute as finance sees it. Amounts in minor units. */
export type DisputeView = {
  readonly id: string
  readonly provider: string | null
  readonly providerDisputeId: string
  readonly state: DisputeStage
  readonly reason: DisputeReason
  readonly amountMinor: bigint
  readonly currency: string
  /** What it has taken from the balance of the account, and not given back. */
  readonly debitedMinor: bigint
  readonly openedAt: Date
  readonly evidenceDueAt: Date | null
  readonly answeredAt: Date | null
  readonly decidedAt: Date | null
  /** Of our answer; null where nobody has begun one. */
  readonly evidenceState: EvidenceState | null
  readonly paymentId: string
  readonly purpose: PaymentPurpose
  readonly backorderId: string | null
  readonly accountId: string
  readonly accountName: string
  /** The domain name that was paid for. */
  readonly name: string | null
}

/** Disputes with their payment, account, order and answer. */
function selectDisputes(ctx: StaffContext) {
  return ctx.db
    .selectFrom('dispute')
    .innerJoin('payment', 'payment.id', 'dispute.payment_id')
    .innerJoin('account', 'account.id', 'payment.account_id')
    .leftJoin('listing', 'listing.id', 'payment.listing_id')
    .leftJoin('renewal', 'renewal.id', 'payment.renewal_id')
    .leftJoin('registration', 'registration.id', 'renewal.registration_id')
    .leftJoin('dispute_evidence as evidence', 'evidence.dispute_id', 'dispute.id')
}

function withColumns(disputes: ReturnType<typeof selectDisputes>) {
  return disputes
    .selectAll('dispute')
    .select((eb) => [
      'payment.provider',
      'payment.purpose',
      'payment.backorder_id',
      'payment.renewal_id',
      'payment.account_id',
      'account.name as account_name',
      'evidence.state as evidence_state',
      eb.fn.coalesce('listing.name', 'registration.name').as('name'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function toDisputeView(row: Row): DisputeView {
  return {
    id: row.id,
    provider: row.provider,
    providerDisputeId: row.provider_dispute_id,
    state: disputeStageOf({ state: row.state, answeredAt: row.answered_at }),
    reason: row.reason,
    amountMinor: row.amount_minor,
    currency: row.currency,
    debitedMinor: row.state === 'won' ? 0n : row.amount_minor,
    openedAt: row.opened_at,
    evidenceDueAt: row.evidence_due_at,
    answeredAt: row.answered_at,
    decidedAt: row.decided_at,
    evidenceState: row.evidence_state,
    paymentId: row.payment_id,
    purpose: row.purpose,
    backorderId: row.backorder_id,
    accountId: row.account_id,
    accountName: row.account_name,
    name: row.name,
  }
}

type ListDisputes = Paging & {
  readonly sort: Sorting<'openedAt' | 'evidenceDueAt' | 'amount'>
  readonly state?: DisputeStage
  readonly accountId?: string
  /** A part of the domain name, or a whole id: ours, that of the payment, or the provider's. */
  readonly q?: string
}

const columns = {
  openedAt: 'dispute.opened_at',
  evidenceDueAt: 'dispute.evidence_due_at',
  amount: 'dispute.amount_minor',
} as const

/** The disputes of all customers. Throws Refusal('forbidden'). */
export async function listDisputes(ctx: StaffContext, query: ListDisputes): Promise<Listed<DisputeView>> {
  requirePermission(ctx, 'money:read')
  const { field, order } = query.sort
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[field], (by) => (order === 'asc' ? by.asc() : by.desc()).nullsLast())
    .orderBy('dispute.id', order)
  return readListed(ctx.db, sorted, query, toDisputeView)
}

function filtered(ctx: StaffContext, { state, accountId, q }: ListDisputes) {
  let matching = selectDisputes(ctx)
  if (accountId !== undefined) matching = matching.where('payment.account_id', '=', accountId)
  if (state === 'won' || state === 'lost') matching = matching.where('dispute.state', '=', state)
  else if (state !== undefined)
    matching = matching
      .where('dispute.state', '=', 'open')
      .where('dispute.answered_at', state === 'needs_response' ? 'is' : 'is not', null)
  if (q === undefined) return matching
  return matching.where(
    sql<boolean>`(coalesce(listing.name, registration.name) like ${`%${escapeLike(q)}%`}
      or provider_dispute_id = ${q} or payment.provider_id = ${q}
      or dispute.id::text = ${q.toLowerCase()} or payment.id::text = ${q.toLowerCase()})`,
  )
}

/** Our answer, and how far it is. */
export type EvidenceView = {
  readonly state: EvidenceState
  readonly fields: Evidence
  readonly version: number
  readonly savedBy: StaffRef
  readonly savedAt: Date
  readonly submittedBy: StaffRef | null
  readonly submittedAt: Date | null
  /** When the provider took it, or refused it. */
  readonly endedAt: Date | null
  readonly failure: string | null
}

export type DisputeCase = DisputeView & {
  readonly evidence: EvidenceView | null
  /** The answer that our records give. */
  readonly suggestion: Evidence
  /** Why it takes no evidence from us; null where it does. */
  readonly whyNotAnswer: WhyNotAnswer | null
  /** What the provider charged for it so far, in its currency of settlement; none before a reconciliation has read it. */
  readonly fees: readonly { readonly amountMinor: bigint; readonly currency: string }[]
  /** The balance of the account now, minor units of the same currency. */
  readonly balanceMinor: bigint
}

/** One dispute with the facts of its case. Throws Refusal: forbidden, dispute_not_found. */
export async function getDispute(ctx: StaffContext, id: string): Promise<DisputeCase> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectDisputes(ctx))
    .select('account.balance_minor')
    .where('dispute.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('dispute_not_found', 'No such dispute.', { id })
  const view = toDisputeView(row)
  const facts = { ...view, state: row.state }
  return {
    ...view,
    evidence: await readEvidence(ctx, id),
    suggestion: suggestEvidence(await readCaseFacts(ctx.db, row.payment_id)),
    whyNotAnswer: whyNotAnswer(facts, await databaseTime(ctx.db)) ?? null,
    fees: await readFees(ctx, view),
    balanceMinor: row.balance_minor,
  }
}

async function readEvidence(ctx: StaffContext, disputeId: string): Promise<EvidenceView | null> {
  const row = await ctx.db
    .selectFrom('dispute_evidence as evidence')
    .innerJoin('staff_account as saver', 'saver.id', 'evidence.saved_by')
    .leftJoin('staff_account as submitter', 'submitter.id', 'evidence.submitted_by')
    .selectAll('evidence')
    .select(['saver.name as saver_name', 'submitter.name as submitter_name'])
    .where('dispute_id', '=', disputeId)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    state: row.state,
    fields: row.fields,
    version: row.version,
    savedBy: { id: row.saved_by, name: row.saver_name },
    savedAt: row.saved_at,
    submittedBy: toStaffRef(row.submitted_by, row.submitter_name),
    submittedAt: row.submitted_at,
    endedAt: row.ended_at,
    failure: row.failure,
  }
}

async function readFees(ctx: StaffContext, { provider, providerDisputeId }: DisputeView) {
  if (provider === null) return []
  const { rows } = await sql<{ amount: string; currency: string }>`
    select sum(fee_minor) as amount, fee_currency as currency from provider_movement
    where provider = ${provider} and object_id = ${providerDisputeId} and gone_at is null
    group by fee_currency order by fee_currency`.execute(ctx.db)
  return rows.map(({ amount, currency }) => ({ amountMinor: BigInt(amount), currency }))
}
