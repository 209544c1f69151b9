import type { ProposalState } from '@droplock/rules/machines/proposal'
import type { ProposalKind } from '@droplock/rules/proposals'
import { Refusal } from '@droplock/rules/refusals'
import { type Selectable, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'
import type { JsonValue, ProposalTable } from '../database/tables.gen.ts'
import { type StaffRef, toStaffRef } from '../staff/read.ts'

type ProposalView = {
  readonly id: string
  readonly kind: ProposalKind
  readonly subject: string
  readonly terms: JsonValue
  readonly reason: string
  /** `expired` as soon as its time is over, even before that is written. */
  readonly state: ProposalState
  readonly proposedBy: StaffRef
  readonly proposedAt: Date
  readonly expiresAt: Date
  readonly decidedBy: StaffRef | null
  readonly decidedAt: Date | null
  readonly note: string | null
}

type ListProposals = Paging & { readonly kind?: ProposalKind; readonly state?: ProposalState }

/** Proposals, newest first. Throws Refusal('forbidden'). */
export async function listProposals(ctx: StaffContext, query: ListProposals): Promise<Listed<ProposalView>> {
  requirePermission(ctx, 'money:read')
  let matching = selectProposals(ctx)
  if (query.kind !== undefined) matching = matching.where('proposal.kind', '=', query.kind)
  if (query.state !== undefined) matching = matching.where(stateNow, '=', query.state)
  const newest = matching.orderBy('proposal.proposed_at', 'desc').orderBy('proposal.id', 'desc')
  return readListed(ctx.db, newest, query, toProposalView)
}

/** One proposal. Throws Refusal: forbidden, proposal_not_found. */
export async function getProposal(ctx: StaffContext, id: string): Promise<ProposalView> {
  requirePermission(ctx, 'money:read')
  const row = await selectProposals(ctx).where('proposal.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('proposal_not_found', 'No such proposal.', { id })
  return toProposalView(row)
}

const stateNow = sql<ProposalState>`case when proposal.state = 'proposed' and proposal.expires_at <= statement_timestamp()
  then 'expired' else proposal.state end`

function selectProposals(ctx: StaffContext) {
  return ctx.db
    .selectFrom('proposal')
    .innerJoin('staff_account as proposer', 'proposer.id', 'proposal.proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'proposal.decided_by')
    .selectAll('proposal')
    .select(['proposer.name as proposer_name', 'decider.name as decider_name', stateNow.as('state_now')])
}

type Row = Selectable<ProposalTable> & {
  readonly proposer_name: string
  readonly decider_name: string | null
  readonly state_now: ProposalState
}

function toProposalView(row: Row): ProposalView {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    terms: row.terms,
    reason: row.reason,
    state: row.state_now,
    proposedBy: { id: row.proposed_by, name: row.proposer_name },
    proposedAt: row.proposed_at,
    expiresAt: row.expires_at,
    decidedBy: toStaffRef(row.decided_by, row.decider_name),
    decidedAt: row.decided_at,
    note: row.note,
  }
}
