import { Refusal } from '@droplock/rules/refusals'
import type { AccessPolicy } from '@droplock/rules/staff'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Attempt, countAttempt, undoAttempt } from './count-attempt.ts'
import { type Browser, lockEnabled, openSession, type SessionTokens, type SignedIn } from './open-session.ts'
import { type SecondFactors, useCode } from './second-factor/codes.ts'

export type SignInByCode = Omit<Attempt, 'email'> &
  SessionTokens &
  Browser & {
    /** SHA-256 of the token that the first step gave. */
    readonly challengeSha256: Uint8Array
    /** Six digits, or a recovery code. */
    readonly code: string
    readonly factors: SecondFactors
    readonly policy: AccessPolicy
  }

/**
 * The second step of a sign-in. A wrong code counts as a wrong password does. Throws Refusal: challenge_expired (also after the code of
 * another tab), invalid_code (also while the address is paused), sign_in_locked (facts: `retry_at`).
 */
export async function signInByCode(ctx: Context, attempt: SignInByCode): Promise<SignedIn> {
  const { challengeSha256, code, factors, policy } = attempt
  const { staffId, email } = await findChallenge(ctx, challengeSha256)
  const counted = await countAttempt(ctx, { ...attempt, email })
  if (counted.account?.id !== staffId) throw invalidCode()
  return inTransaction(ctx.db, async (tx) => {
    await undoAttempt(tx, counted)
    const person = await lockEnabled(tx, staffId)
    if (person === undefined) throw expired()
    await endChallenge(tx, challengeSha256)
    const means = await useCode(tx, { staffId, code, now: await databaseTime(tx) }, factors)
    if (means === undefined) throw invalidCode()
    return openSession(tx, ctx, person, {
      staffId,
      tokens: attempt,
      browser: attempt,
      policy,
      deviceId: counted.deviceId,
      hasSecondFactor: true,
      means,
      failuresBefore: counted.failuresBefore,
    })
  })
}

export function invalidCode(): Refusal {
  return new Refusal(
    'invalid_code',
    'The code is wrong or was used already, or there were too many attempts. Wait for the next code; if that is refused too, wait some minutes.',
  )
}

function expired(): Refusal {
  return new Refusal('challenge_expired', 'This sign-in took too long. Enter your password again.')
}

async function findChallenge({ db }: Context, tokenSha256: Uint8Array) {
  const { rows } = await sql<{ readonly staffId: string; readonly email: string }>`
    select staff.id as "staffId", staff.email from staff_challenge as challenge join staff_account as staff on staff.id = challenge.staff_id
    where challenge.token_sha256 = ${Buffer.from(tokenSha256)} and challenge.expires_at > clock_timestamp()
      and staff.disabled_at is null`.execute(db)
  const [found] = rows
  if (found === undefined) throw expired()
  return found
}

/** Ends it with the session that it opens; undone together where the code is wrong. Of two at once one opens a session. */
async function endChallenge(tx: Transaction<Database>, tokenSha256: Uint8Array): Promise<void> {
  const ended = await tx
    .deleteFrom('staff_challenge')
    .where('token_sha256', '=', Buffer.from(tokenSha256))
    .returning('staff_id')
    .executeTakeFirst()
  if (ended === undefined) throw expired()
}
