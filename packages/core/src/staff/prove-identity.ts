import { recordAudit } from '../audit/record.ts'
import type { StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type Attempt, countAttempt, undoAttempt } from './count-attempt.ts'
import { lockEnabled } from './open-session.ts'
import { type SecondFactors, useCode } from './second-factor/codes.ts'
import { invalidCredentials, type SignIn } from './sign-in.ts'
import { invalidCode } from './sign-in-by-code.ts'

/** What a person proves their identity with: all of it that is true, or a new sign-in at the identity provider where nothing is. */
export type ProofMeans = { readonly password: boolean; readonly code: boolean; readonly provider: boolean }

/** What the caller's next proof needs. */
export async function readProofMeans({ db, actor }: StaffContext): Promise<ProofMeans> {
  const person = await db
    .selectFrom('staff_account')
    .select((eb) => [
      'password_hash',
      eb
        .exists(
          eb
            .selectFrom('staff_totp')
            .select('id')
            .whereRef('staff_totp.staff_id', '=', 'staff_account.id')
            .where('confirmed_at', 'is not', null),
        )
        .as('has_totp'),
    ])
    .where('id', '=', actor.staffId)
    .executeTakeFirstOrThrow()
  const means = { password: person.password_hash !== null, code: person.has_totp === true }
  return { ...means, provider: !means.password && !means.code }
}

type Proof = Omit<Attempt, 'email'> &
  Pick<SignIn, 'verify' | 'decoyHash'> & {
    readonly password: string | undefined
    readonly code: string | undefined
    readonly factors: SecondFactors
  }

/**
 * Proves that the caller of a session is still the person who signed in, by password and code, where they have them. What is wrong counts
 * as a wrong password does. Throws Refusal: invalid_credentials, invalid_code, sign_in_locked (facts: `retry_at`).
 */
export async function proveIdentity(ctx: StaffContext, proof: Proof): Promise<void> {
  const { actor } = ctx
  const means = await readProofMeans(ctx)
  // Without either, only the provider's answer proves anything.
  if (means.provider) throw invalidCredentials()
  const counted = await countAttempt(ctx, { ...proof, email: actor.email })
  const { account } = counted
  const isRight =
    !means.password ||
    (await proof.verify(account?.passwordHash ?? proof.decoyHash, proof.password ?? '')) === true
  if (account?.id !== actor.staffId || !isRight) throw invalidCredentials()
  await inTransaction(ctx.db, async (tx) => {
    await undoAttempt(tx, counted)
    const person = await lockEnabled(tx, actor.staffId)
    if (person === undefined || person.password_hash !== account.passwordHash) throw invalidCredentials()
    const now = await databaseTime(tx)
    const by = means.code
      ? await useCode(tx, { staffId: actor.staffId, code: proof.code ?? '', now }, proof.factors)
      : 'password'
    if (by === undefined) throw invalidCode()
    await tx
      .updateTable('staff_session')
      .set({ proven_at: now, ...(means.code && { second_factor: true }) })
      .where('id', '=', actor.sessionId)
      .where('ended_at', 'is', null)
      .execute()
    await recordAudit(tx, {
      by: actor,
      action: 'staff.proven',
      subjectType: 'staff',
      subjectId: actor.staffId,
      after: { session_id: actor.sessionId, means: by },
    })
  })
}
