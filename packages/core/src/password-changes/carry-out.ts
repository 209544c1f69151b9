import { next } from '@droplock/rules/machines/machine'
import { type PasswordChangeState, passwordChangeMachine } from '@droplock/rules/machines/password-change'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'

/** A change of a password that is to be carried out, or to be found out about. */
export type OpenPasswordChange = {
  readonly id: string
  readonly toName: string
  readonly state: Extract<PasswordChangeState, 'requested' | 'sent'>
  /** Logins that were sent for it. */
  readonly attempts: number
}

/** The open change of an account, if there is one. */
export async function readOpenPasswordChange(
  { db }: Pick<Context, 'db'>,
  registryAccountId: string,
): Promise<OpenPasswordChange | undefined> {
  const { rows } = await sql<OpenPasswordChange>`
    select id, to_name as "toName", state, attempts from password_change
    where registry_account_id = ${registryAccountId} and state in ('requested', 'sent')`.execute(db)
  return rows[0]
}

/** What became of a login for a change: `send` is recorded before it is sent. */
export type PasswordStep =
  | { readonly event: 'send' | 'find_unchanged' | 'succeed' }
  | { readonly event: 'fail'; readonly code: number | null; readonly message: string }

/**
 * Records a step of a change, and with a success which password is in use. When that one expires is not known yet. Throws LeaseLost, and
 * IllegalTransition where it was canceled meanwhile.
 */
export async function recordPasswordStep(
  ctx: Context,
  { id, state, toName }: OpenPasswordChange,
  step: PasswordStep,
  lease: Lease,
): Promise<void> {
  const after = next(passwordChangeMachine, state, step.event)
  const { code, message } = step.event === 'fail' ? step : { code: null, message: null }
  await inTransaction(ctx.db, async (tx) => {
    await requireLease(tx, lease)
    const { rows } = await sql`
      update password_change set state = ${after}, answer_code = ${code}, message = ${message},
        attempts = attempts + ${step.event === 'send' ? 1 : 0},
        decided_at = case when ${after} in ('succeeded', 'failed') then clock_timestamp() end
      where id = ${id} and state = ${state} returning id`.execute(tx)
    if (rows.length === 0) throw new Error(`the change ${id} of a password is not ${state} any more`)
    if (after === 'succeeded')
      await sql`
        update registry_account set password_name = ${toName}, password_expires_at = null
        where id = ${lease.accountId}`.execute(tx)
  })
}
