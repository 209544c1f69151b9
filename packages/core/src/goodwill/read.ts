import { requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'
import { type StaffRef, toStaffRef } from '../staff/read.ts'

/** A credit that two people gave. Minor units. */
export type GoodwillCredit = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly amountMinor: bigint
  readonly currency: string
  readonly reason: string
  readonly proposedBy: StaffRef
  readonly approvedBy: StaffRef | null
  readonly note: string | null
  readonly creditedAt: Date
}

type ListGoodwill = Paging & { readonly accountId?: string }

/** Goodwill credits, newest first. Throws Refusal('forbidden'). */
export async function listGoodwill(
  ctx: StaffContext,
  { accountId, ...page }: ListGoodwill,
): Promise<Listed<GoodwillCredit>> {
  requirePermission(ctx, 'money:read')
  let credits = ctx.db
    .selectFrom('goodwill_credit as credit')
    .innerJoin('account', 'account.id', 'credit.account_id')
    .innerJoin('proposal', 'proposal.id', 'credit.proposal_id')
    .innerJoin('staff_account as proposer', 'proposer.id', 'proposal.proposed_by')
    .leftJoin('staff_account as approver', 'approver.id', 'proposal.decided_by')
    .selectAll('credit')
    .select([
      'account.name as account_name',
      'proposal.proposed_by',
      'proposer.name as proposer_name',
      'proposal.decided_by',
      'approver.name as approver_name',
      'proposal.note',
    ])
  if (accountId !== undefined) credits = credits.where('credit.account_id', '=', accountId)
  const newest = credits.orderBy('credit.credited_at', 'desc').orderBy('credit.id', 'desc')
  return readListed(ctx.db, newest, page, (row) => ({
    id: row.id,
    accountId: row.account_id,
    accountName: row.account_name,
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason,
    proposedBy: { id: row.proposed_by, name: row.proposer_name },
    approvedBy: toStaffRef(row.decided_by, row.approver_name),
    note: row.note,
    creditedAt: row.credited_at,
  }))
}
