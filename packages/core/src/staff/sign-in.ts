import { Refusal } from '@droplock/rules/refusals'
import { isRole } from '@droplock/rules/staff/roles'
import { IDLE_SECONDS_MAX, SESSION_SECONDS_MAX } from '@droplock/rules/staff/session-times'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffActor } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type CountedAttempt, countAttempt } from './count-attempt.ts'

export type SignIn = {
  readonly email: string
  readonly password: string
  /** Whether the password belongs to the hash; slow on purpose, so it runs outside of any lock. */
  readonly verify: (passwordHash: string, password: string) => Promise<boolean>
  /** A hash that no password has: an unknown address takes as long as a known one. */
  readonly decoyHash: string
  /** SHA-256 of the session's token and of its CSRF secret, both made by the caller. */
  readonly tokenSha256: Uint8Array
  readonly csrfSha256: Uint8Array
}

export type SignedIn = { readonly actor: StaffActor; readonly expiresAt: Date }

/**
 * Opens a session. Throws Refusal: invalid_credentials (the same for an unknown address, a wrong password and a disabled
 * account), sign_in_locked (facts: `retry_at`).
 */
export async function signIn(ctx: Context, attempt: SignIn): Promise<SignedIn> {
  const counted = await countAttempt(ctx, attempt.email)
  const right = await attempt.verify(counted?.passwordHash ?? attempt.decoyHash, attempt.password)
  if (counted === undefined) throw invalid()
  if (!right) {
    if (counted.lockedUntil !== null) await recordLockOut(ctx, counted)
    throw invalid()
  }
  return openSession(ctx, counted, attempt)
}

function invalid(): Refusal {
  return new Refusal('invalid_credentials', 'Address or password is wrong.')
}

async function recordLockOut(ctx: Context, counted: CountedAttempt): Promise<void> {
  await inTransaction(ctx.db, (tx) =>
    recordAudit(tx, {
      action: 'staff.locked_out',
      subjectType: 'staff',
      subjectId: counted.staffId,
      after: { failures: counted.failures, locked_until: counted.lockedUntil },
    }),
  )
}

async function openSession(ctx: Context, counted: CountedAttempt, attempt: SignIn): Promise<SignedIn> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await tx
      .updateTable('staff_account')
      .set({ failed_sign_ins: 0, locked_until: null })
      .where('id', '=', counted.staffId)
      .where('disabled_at', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (account === undefined) throw invalid()
    const now = await databaseTime(tx)
    const expiresAt = new Date(now.getTime() + SESSION_SECONDS_MAX * 1_000)
    const sessionId = ctx.newId()
    await tx
      .insertInto('staff_session')
      .values({
        id: sessionId,
        staff_id: account.id,
        token_sha256: Buffer.from(attempt.tokenSha256),
        csrf_sha256: Buffer.from(attempt.csrfSha256),
        created_at: now,
        seen_at: now,
        idle_expires_at: new Date(now.getTime() + IDLE_SECONDS_MAX * 1_000),
        expires_at: expiresAt,
      })
      .execute()
    const { id: staffId, email, name } = account
    const actor = {
      kind: 'staff',
      staffId,
      sessionId,
      email,
      name,
      roles: account.roles.filter(isRole),
    } as const
    await recordAudit(tx, {
      by: actor,
      action: 'staff.signed_in',
      subjectType: 'staff',
      subjectId: staffId,
      after: { session_id: sessionId, expires_at: expiresAt },
    })
    return { actor, expiresAt }
  })
}
