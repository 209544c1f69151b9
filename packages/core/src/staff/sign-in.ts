import { Refusal } from '@droplock/rules/refusals'
import { IDLE_SECONDS_MAX, isRole, SESSION_SECONDS_MAX } from '@droplock/rules/staff'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffActor } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Attempt, type CountedAttempt, countAttempt, undoCount } from './count-attempt.ts'
import { addDevice, renewDevice } from './devices.ts'

export type SignIn = Attempt & {
  readonly password: string
  /** Whether the password belongs to the hash; slow on purpose, so it runs outside of any lock. */
  readonly verify: (passwordHash: string, password: string) => Promise<boolean>
  /** A hash that no password has: an unknown address takes as long as a known one. */
  readonly decoyHash: string
  /** SHA-256 of the session's token and of its CSRF secret, both made by the caller. */
  readonly tokenSha256: Uint8Array
  readonly csrfSha256: Uint8Array
  /** SHA-256 of the token by which a device that is not known yet will be. */
  readonly newDeviceSha256: Uint8Array
}

type SignedIn = {
  readonly actor: StaffActor
  readonly expiresAt: Date
  /** Whether the device was known before; else it is now, by the new token. */
  readonly deviceWasKnown: boolean
}

/**
 * Opens a session. Throws Refusal: invalid_credentials (the same, and after the same work, for an unknown address, a wrong
 * password, a disabled account, and an address that is paused because it was tried too often), sign_in_locked where the
 * source was (facts: `retry_at`).
 */
export async function signIn(ctx: Context, attempt: SignIn): Promise<SignedIn> {
  const counted = await countAttempt(ctx, attempt)
  const { account } = counted
  const right = await attempt.verify(account?.passwordHash ?? attempt.decoyHash, attempt.password)
  if (account === undefined || !right) throw invalid()
  return openSession(ctx, account.id, counted, attempt)
}

function invalid(): Refusal {
  return new Refusal(
    'invalid_credentials',
    'Address or password is wrong, or there were too many attempts. Check both; if they are right, wait some minutes.',
  )
}

async function openSession(
  ctx: Context,
  staffId: string,
  { deviceId, counts, failuresBefore }: CountedAttempt,
  attempt: SignIn,
): Promise<SignedIn> {
  return inTransaction(ctx.db, async (tx) => {
    await undoCount(tx, counts)
    const account = await tx
      .selectFrom('staff_account')
      .selectAll()
      .where('id', '=', staffId)
      .where('disabled_at', 'is', null)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (account === undefined) throw invalid()
    const now = await databaseTime(tx)
    const expiresAt = new Date(now.getTime() + SESSION_SECONDS_MAX * 1_000)
    const sessionId = ctx.newId()
    await tx
      .insertInto('staff_session')
      .values({
        id: sessionId,
        staff_id: staffId,
        token_sha256: Buffer.from(attempt.tokenSha256),
        csrf_sha256: Buffer.from(attempt.csrfSha256),
        created_at: now,
        seen_at: now,
        idle_expires_at: new Date(now.getTime() + IDLE_SECONDS_MAX * 1_000),
        expires_at: expiresAt,
      })
      .execute()
    const deviceWasKnown = deviceId !== undefined
    if (deviceWasKnown) await renewDevice(tx, deviceId, now)
    else await addDevice(tx, { id: ctx.newId(), staffId, tokenSha256: attempt.newDeviceSha256, now })
    const { email, name } = account
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
      after: {
        session_id: sessionId,
        expires_at: expiresAt,
        new_device: !deviceWasKnown,
        failures_before: failuresBefore,
      },
    })
    return { actor, expiresAt, deviceWasKnown }
  })
}
