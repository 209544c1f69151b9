import type { ProposalState } from '@droplock/rules/machines/proposal'
import type { ProposalKind } from '@droplock/rules/proposals'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, type Selectable, sql } from 'kysely'
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
  /** The account and the backorder that it is about, where it is about one. */
  readonly accountId: string | null
  readonly accountName: string | null
  readonly backorderId: string | null
}

type ListProposals = Paging & {
  readonly kind?: ProposalKind
  readonly state?: ProposalState
  /** Those about one target, account, listing or registry. */
  readonly subject?: string
}

/** Proposals, newest first. Throws Refusal('forbidden'). */
export async function listProposals(ctx: StaffContext, query: ListProposals): Promise<Listed<ProposalView>> {
  requirePermission(ctx, 'money:read')
  let matching = selectProposals(ctx)
  if (query.kind !== undefined) matching = matching.where('proposal.kind', '=', query.kind)
  if (query.state !== undefined) matching = matching.where(stateNow, '=', query.state)
  if (query.subject !== undefined) matching = matching.where('proposal.subject', '=', query.subject)
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

/** The id of an account, as our own use cases write it. */
const isId = (text: RawBuilder<unknown>) => sql`${text} ~ '^[0-9a-f]{8}-[0-9a-f-]{27}$'`

const named = sql`proposal.terms ->> 'account_id'`

// Evaluated in this order: another kind's subject need not be an id.
const accountAbout = sql<
  string | null
>`case when proposal.kind = 'credit_limit' and ${isId(sql`proposal.subject`)} then proposal.subject::uuid
  when ${isId(named)} then (${named})::uuid end`

const targetAbout = sql<
  string | null
>`case when proposal.kind = 'target_outcome' and ${isId(sql`proposal.subject`)} then proposal.subject::uuid end`

function selectProposals(ctx: StaffContext) {
  return ctx.db
    .selectFrom('proposal')
    .innerJoin('staff_account as proposer', 'proposer.id', 'proposal.proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'proposal.decided_by')
    .leftJoin('account as about', (join) => join.on(sql`about.id`, '=', accountAbout))
    .leftJoin('catch_target', (join) => join.on(sql`catch_target.id`, '=', targetAbout))
    .selectAll('proposal')
    .select(['proposer.name as proposer_name', 'decider.name as decider_name', stateNow.as('state_now')])
    .select(['about.id as about_id', 'about.name as about_name'])
    .select(
      sql<string | null>`coalesce(catch_target.backorder_id::text, proposal.terms ->> 'backorder_id')`.as(
        'backorder_id',
      ),
    )
}

type Row = Selectable<ProposalTable> & {
  readonly proposer_name: string
  readonly decider_name: string | null
  readonly state_now: ProposalState
  readonly about_id: string | null
  readonly about_name: string | null
  readonly backorder_id: string | null
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
    accountId: row.about_id,
    accountName: row.about_name,
    backorderId: row.backorder_id,
  }
}
