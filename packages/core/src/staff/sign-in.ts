import { Refusal } from '@droplock/rules/refusals'
import { type AccessPolicy, CHALLENGE_SECONDS_MAX } from '@droplock/rules/staff'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Attempt, countAttempt, undoAttempt } from './count-attempt.ts'
import { type Browser, lockEnabled, openSession, type SessionTokens, type SignedIn } from './open-session.ts'
import { hasSecondFactor } from './second-factor/codes.ts'

export type SignIn = Attempt &
  SessionTokens &
  Browser & {
    readonly password: string
    /** Whether the password matches the hash; slow on purpose, so it runs outside of any lock. */
    readonly verify: (passwordHash: string, password: string) => Promise<boolean>
    /** A hash that no password matches, so that an unknown address takes as long as a known one. */
    readonly decoyHash: string
    /** SHA-256 of the token by which the second step continues this one. */
    readonly challengeSha256: Uint8Array
    readonly policy: AccessPolicy
  }

/** The password was right; `signInByCode` continues with the challenge's token. */
export type CodeNeeded = { readonly kind: 'code_needed'; readonly expiresAt: Date }

/**
 * Opens a session, or where the person has a second factor begins a sign-in that needs a code. Throws Refusal: invalid_credentials (the
 * same, and after the same work, for an unknown address, a wrong password, a disabled account, and an address that is paused because it
 * was tried too often), sign_in_locked where the source was (facts: `retry_at`).
 */
export async function signIn(ctx: Context, attempt: SignIn): Promise<SignedIn | CodeNeeded> {
  const counted = await countAttempt(ctx, attempt)
  const { account, deviceId, failuresBefore } = counted
  const right = await attempt.verify(account?.passwordHash ?? attempt.decoyHash, attempt.password)
  if (account === undefined || account.passwordHash === null || !right) throw invalidCredentials()
  return inTransaction(ctx.db, async (tx) => {
    await undoAttempt(tx, counted)
    const person = await lockEnabled(tx, account.id)
    // Set anew meanwhile: then it is not the password any more that was right.
    if (person?.password_hash !== account.passwordHash) throw invalidCredentials()
    if (await hasSecondFactor(tx, account.id)) return challenge(tx, account.id, attempt.challengeSha256)
    return openSession(tx, ctx, person, {
      staffId: account.id,
      tokens: attempt,
      browser: attempt,
      policy: attempt.policy,
      deviceId,
      hasSecondFactor: false,
      means: 'password',
      failuresBefore,
    })
  })
}

export function invalidCredentials(): Refusal {
  return new Refusal(
    'invalid_credentials',
    'Email or password is wrong, or there were too many attempts. Check both; if they are right, wait some minutes.',
  )
}

/** Each challenge removes more expired ones than it adds. */
const EXPIRED_PER_CHALLENGE_MAX = 10

/** Begins the second step of a sign-in whose first was right. */
export async function challenge(
  tx: Transaction<Database>,
  staffId: string,
  tokenSha256: Uint8Array,
): Promise<CodeNeeded> {
  await sql`
    delete from staff_challenge where token_sha256 in (
      select token_sha256 from staff_challenge where expires_at < clock_timestamp()
      order by expires_at limit ${EXPIRED_PER_CHALLENGE_MAX} for update skip locked)`.execute(tx)
  const now = await databaseTime(tx)
  const expiresAt = new Date(now.getTime() + CHALLENGE_SECONDS_MAX * 1_000)
  await tx
    .insertInto('staff_challenge')
    .values({
      token_sha256: Buffer.from(tokenSha256),
      staff_id: staffId,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return { kind: 'code_needed', expiresAt }
}
