import type { ConnectionFindings, ConnectionStep } from '@droplock/rules/connection-tests'
import type { ConnectionTestState } from '@droplock/rules/machines/connection-test'
import { sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'
import { isOverdue } from './request.ts'

type ConnectionTest = {
  readonly id: string
  readonly registryAccountId: string
  readonly state: ConnectionTestState
  readonly requestedAt: Date
  readonly requestedBy: string
  readonly startedAt: Date | null
  readonly decidedAt: Date | null
  /** The step under way, or that failed. */
  readonly step: ConnectionStep | null
  readonly findings: Partial<ConnectionFindings>
  readonly answerCode: number | null
  readonly message: string | null
}

type ListConnectionTests = Paging & { readonly registryAccountId?: string }

/** Tests of connections, the newest first. One that is overdue is shown as unanswered. Throws Refusal('forbidden'). */
export async function listConnectionTests(
  ctx: OperatorContext,
  { registryAccountId, ...paging }: ListConnectionTests,
): Promise<Listed<ConnectionTest>> {
  requirePermission(ctx, 'console:read')
  let tests = ctx.db
    .selectFrom('connection_test')
    .selectAll()
    .select(
      sql<ConnectionTestState>`case when state in ('requested', 'running') and ${isOverdue} then 'unanswered' else state end`.as(
        'shown_state',
      ),
    )
  if (registryAccountId !== undefined) tests = tests.where('registry_account_id', '=', registryAccountId)
  const newest = tests.orderBy('requested_at', 'desc').orderBy('id', 'desc')
  return readListed(
    ctx.db,
    newest,
    paging,
    (row): ConnectionTest => ({
      id: row.id,
      registryAccountId: row.registry_account_id,
      state: row.shown_state,
      requestedAt: row.requested_at,
      requestedBy: row.requested_by,
      startedAt: row.started_at,
      decidedAt: row.decided_at,
      step: row.step,
      findings: row.findings as Partial<ConnectionFindings>,
      answerCode: row.answer_code,
      message: row.message,
    }),
  )
}
