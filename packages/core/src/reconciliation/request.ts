import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { type Context, requirePermission, requireReason, type StaffContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

/**
 * Asks for a reconciliation now; the worker runs it. Returns the request's id. Throws Refusal: forbidden, reason_required,
 * reconciliation_requested, try_again.
 */
export async function requestReconciliation(ctx: StaffContext, given: string): Promise<string> {
  requirePermission(ctx, 'reconciliation:start')
  const reason = requireReason(given)
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .insertInto('reconciliation_request')
      .values({ id, reason, requested_by: ctx.actor.staffId, requested_at: await databaseTime(tx) })
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'reconciliation.requested',
      subjectType: 'reconciliation',
      subjectId: id,
      reason,
    })
  }).catch((error: unknown) => {
    if (!violated(error, 'one_reconciliation_is_asked_for')) throw error
    throw new Refusal('reconciliation_requested', 'A reconciliation is asked for already.')
  })
  return id
}

/** The request that no run has answered yet. */
export async function findRequest(ctx: Context): Promise<{ readonly id: string } | undefined> {
  return ctx.db
    .selectFrom('reconciliation_request')
    .select('id')
    .where('run_id', 'is', null)
    .executeTakeFirst()
}

/** A request that a run answers, or is about to. */
export type ReconciliationRequest = {
  readonly id: string
  readonly reason: string
  readonly requestedBy: { readonly id: string; readonly name: string }
  readonly requestedAt: Date
  /** Null until the worker has begun. */
  readonly runId: string | null
}

/** The last request, answered or not; none where nobody ever asked. Throws Refusal('forbidden'). */
export async function readLastRequest(ctx: StaffContext): Promise<ReconciliationRequest | undefined> {
  requirePermission(ctx, 'console:read')
  const { rows } = await sql<ReconciliationRequest>`
    select request.id, reason, json_build_object('id', staff.id, 'name', staff.name) as "requestedBy",
      requested_at as "requestedAt", run_id as "runId"
    from reconciliation_request as request join staff_account as staff on staff.id = requested_by
    order by requested_at desc limit 1`.execute(ctx.db)
  return rows[0]
}
