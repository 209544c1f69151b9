import { next } from '@droplock/rules/machines/machine'
import { proposalMachine } from '@droplock/rules/machines/proposal'
import type { Selectable, Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Database, ProposalTable } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

/** Expires one proposal that nobody decided in time. Several processes may do so at once. Returns whether there was one. */
export async function expireProposal(ctx: Context): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const now = await databaseTime(tx)
    const overdue = await selectOverdue(tx, now)
      .orderBy('expires_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (overdue === undefined) return false
    await expireLocked(tx, overdue, now)
    return true
  })
}

/** Proposals that nobody decided in time. */
export function selectOverdue(tx: Transaction<Database>, now: Date) {
  return tx.selectFrom('proposal').selectAll().where('state', '=', 'proposed').where('expires_at', '<=', now)
}

/** Expires a proposal that is locked. */
export async function expireLocked(
  tx: Transaction<Database>,
  proposal: Selectable<ProposalTable>,
  now: Date,
): Promise<void> {
  const state = next(proposalMachine, proposal.state, 'expire')
  await tx.updateTable('proposal').set({ state, decided_at: now }).where('id', '=', proposal.id).execute()
  await recordAudit(tx, {
    action: 'proposal.expired',
    subjectType: 'proposal',
    subjectId: proposal.id,
    before: { state: proposal.state },
    after: { state, kind: proposal.kind, subject: proposal.subject, terms: proposal.terms },
  })
}
