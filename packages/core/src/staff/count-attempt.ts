import { Refusal } from '@droplock/rules/refusals'
import { pauseAfterMs } from '@droplock/rules/staff/lock-out'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

export type CountedAttempt = {
  readonly staffId: string
  readonly passwordHash: string
  /** With this one; a success takes all of them back. */
  readonly failures: number
  readonly lockedUntil: Date | null
}

/**
 * Counts a sign-in as failed before its password is looked at, under the account's lock: a thousand guesses sent at once
 * are a thousand failures, not one. `undefined` for an address that nobody, or nobody enabled, has. Throws
 * Refusal('sign_in_locked').
 */
export async function countAttempt(ctx: Context, email: string): Promise<CountedAttempt | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await tx
      .selectFrom('staff_account')
      .selectAll()
      .where('email', '=', email.toLowerCase())
      .where('disabled_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (account === undefined) return undefined
    const now = await databaseTime(tx)
    if (account.locked_until !== null && account.locked_until > now) throw locked(account.locked_until)
    const failures = account.failed_sign_ins + 1
    const pauseMs = pauseAfterMs(failures)
    const lockedUntil = pauseMs === 0 ? null : new Date(now.getTime() + pauseMs)
    await tx
      .updateTable('staff_account')
      .set({ failed_sign_ins: failures, locked_until: lockedUntil })
      .where('id', '=', account.id)
      .execute()
    return { staffId: account.id, passwordHash: account.password_hash, failures, lockedUntil }
  })
}

function locked(until: Date): Refusal {
  return new Refusal('sign_in_locked', 'Too many wrong passwords. Please wait.', {
    retry_at: until.toISOString(),
  })
}
