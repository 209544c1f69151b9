import { next } from '@droplock/rules/machines/machine'
import { proposalMachine } from '@droplock/rules/machines/proposal'
import { PROPOSAL_MS_MAX, type ProposalKind, requireDecidableProposal } from '@droplock/rules/proposals'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { StaffContext } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { expireLocked, selectOverdue } from './expire.ts'

type NewProposal = {
  readonly kind: ProposalKind
  readonly subject: string
  /** What an approval carries out; amounts as text. */
  readonly terms: JsonObject
  readonly reason: string
}

/** Writes a proposal; an overdue one of the same subject expires first. Returns its id. Throws Refusal('proposal_open'). */
export async function insertProposal(
  tx: Transaction<Database>,
  ctx: StaffContext,
  { kind, subject, terms, reason }: NewProposal,
): Promise<string> {
  const id = ctx.newId()
  const now = await databaseTime(tx)
  const overdue = await selectOverdue(tx, now)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .forUpdate()
    .executeTakeFirst()
  if (overdue !== undefined) await expireLocked(tx, overdue, now)
  const { rows } = await sql`
    insert into proposal (id, kind, subject, terms, reason, state, proposed_by, proposed_at, expires_at)
    values (${id}, ${kind}, ${subject}, ${JSON.stringify(terms)}::jsonb, ${reason}, 'proposed', ${ctx.actor.staffId}, ${now},
      ${new Date(now.getTime() + PROPOSAL_MS_MAX)})
    on conflict (kind, subject) where state = 'proposed' do nothing returning id`.execute(tx)
  if (rows.length === 0)
    throw new Refusal('proposal_open', 'This is proposed already and waits for a decision.')
  await recordAudit(tx, {
    by: ctx.actor,
    action: 'proposal.made',
    subjectType: 'proposal',
    subjectId: id,
    reason,
    after: { kind, subject, terms },
  })
  return id
}

/**
 * A proposal that this person may decide, locked before anything that it changes. Throws Refusal: proposal_not_found,
 * proposal_already_decided, decider_is_proposer, proposal_expired.
 */
export async function lockDecidable(tx: Transaction<Database>, ctx: StaffContext, id: string) {
  const row = await tx.selectFrom('proposal').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (row === undefined) throw new Refusal('proposal_not_found', 'No such proposal.', { id })
  const facts = { state: row.state, proposedBy: row.proposed_by, expiresAt: row.expires_at }
  requireDecidableProposal(facts, ctx.actor.staffId, await databaseTime(tx))
  return row
}

export type LockedProposal = Awaited<ReturnType<typeof lockDecidable>>

/** Ends a proposal by this person's decision. */
export async function endProposal(
  tx: Transaction<Database>,
  ctx: StaffContext,
  proposal: LockedProposal,
  event: 'approve' | 'reject',
  note: string | undefined,
): Promise<void> {
  const state = next(proposalMachine, proposal.state, event)
  await tx
    .updateTable('proposal')
    .set({ state, decided_by: ctx.actor.staffId, decided_at: await databaseTime(tx), note: note ?? null })
    .where('id', '=', proposal.id)
    .execute()
  await recordAudit(tx, {
    by: ctx.actor,
    action: event === 'approve' ? 'proposal.approved' : 'proposal.rejected',
    subjectType: 'proposal',
    subjectId: proposal.id,
    reason: note,
    before: { state: proposal.state },
    after: { state, kind: proposal.kind, subject: proposal.subject, terms: proposal.terms },
  })
}
