import type {
  ConnectionFailed,
  ConnectionFindings,
  ConnectionStep,
  ConnectionSucceeded,
} from '@droplock/rules/connection-tests'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'
import { isOverdue } from './request.ts'

/** Whether a test of the account waits for its catcher. */
export async function isConnectionTestRequested(
  { db }: Pick<Context, 'db'>,
  registryAccountId: string,
): Promise<boolean> {
  const { rows } = await sql`
    select from connection_test
    where registry_account_id = ${registryAccountId} and state = 'requested' and not ${isOverdue}`.execute(db)
  return rows.length > 0
}

/** Takes the requested test of the leased account. Its id; undefined where there is none. Throws LeaseLost. */
export async function takeConnectionTest(ctx: Context, lease: Lease): Promise<string | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    const { rows } = await sql<{ id: string }>`
      update connection_test set state = 'running', step = 'credentials', started_at = clock_timestamp()
      where registry_account_id = ${lease.accountId} and state = 'requested' and not ${isOverdue}
      returning id`.execute(tx)
    return rows[0]?.id
  })
}

/** Where a test is: in the middle of a step, or ended. */
export type ConnectionProgress =
  | { readonly kind: 'at'; readonly step: ConnectionStep; readonly findings: ConnectionFindings }
  | ConnectionSucceeded
  | ConnectionFailed

/** Records how far a test is. One that was ended meanwhile stays as it is. Throws LeaseLost. */
export async function recordConnectionProgress(
  ctx: Context,
  testId: string,
  progress: ConnectionProgress,
  lease: Lease,
): Promise<void> {
  const { kind, findings } = progress
  const step = kind === 'succeeded' ? null : progress.step
  const { code, message } = kind === 'failed' ? progress : { code: undefined, message: null }
  const state = kind === 'at' ? 'running' : kind
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    await sql`
      update connection_test set state = ${state}, step = ${step}, findings = ${JSON.stringify(findings)}::jsonb,
        answer_code = ${code ?? null}, message = ${message},
        decided_at = case when ${state} <> 'running' then clock_timestamp() end
      where id = ${testId} and state = 'running'`.execute(tx)
  })
}
