import type { AuditAction, AuditSubject } from '@droplock/rules/audit-actions'
import type { Permission, StepUpUseCase } from '@droplock/rules/staff'
import type { Transaction } from 'kysely'
import { type OperatorContext, requirePermission, requireProof, requireReason } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Facts } from './chain.ts'
import { recordAudit } from './record.ts'

type Change = {
  readonly permission: Permission
  /** Where the use case needs a recent proof, whatever its permission. */
  readonly proofFor?: StepUpUseCase
  /** What is changed, and its id. */
  readonly subject: readonly [type: AuditSubject, id: string]
  readonly reason: string
}

/** What the audit keeps of a change: the columns that changed, as they were and as they are. */
export type Changed = { readonly action: AuditAction; readonly before?: Facts; readonly after?: Facts }

/**
 * The frame of every use case in which an operator changes one thing for a reason: permission, reason, one transaction, and the audit
 * entry last. `change` locks, decides and writes, and is given the trimmed reason; when it returns undefined there was nothing to
 * change, and nothing is recorded. Throws Refusal: forbidden, step_up_required, reason_required,
 * try_again, and what `change` throws.
 */
export async function changeWithAudit(
  ctx: OperatorContext,
  { permission, proofFor, subject, reason: given }: Change,
  change: (tx: Transaction<Database>, reason: string) => Promise<Changed | undefined>,
): Promise<void> {
  requirePermission(ctx, permission)
  if (proofFor !== undefined) requireProof(ctx, proofFor)
  const reason = requireReason(given)
  const [subjectType, subjectId] = subject
  await inTransaction(ctx.db, async (tx) => {
    const changed = await change(tx, reason)
    if (changed !== undefined)
      await recordAudit(tx, { by: ctx.actor, subjectType, subjectId, reason, ...changed })
  })
}
