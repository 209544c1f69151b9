import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import { databaseTime } from '../../database/time.ts'
import { inTransaction } from '../../database/transaction.ts'
import { lockEnabled } from '../open-session.ts'
import { hasSecondFactor } from '../second-factor/codes.ts'
import { invalidCredentials } from '../sign-in.ts'
import type { Identity } from './sign-in.ts'

type ProveByIdentity = {
  /** The session that asked for the proof; the answer of the provider comes without its cookie. */
  readonly sessionId: string
  readonly identity: Identity
  /** When the person last proved who they are at the provider; undefined where it does not say. */
  readonly authenticatedAt: Date | undefined
  /** When the provider was asked. */
  readonly askedAt: Date
}

/** The clocks of two companies. Seconds. */
const CLOCKS_APART_SECONDS_MAX = 30

/**
 * Proves that the person of a session is still the one who signed in, by a new sign-in at the identity provider. Throws Refusal:
 * session_required (it has ended), identity_of_another, invalid_credentials (the person proves with password or code), identity_proof_old
 * (the provider did not ask anew).
 */
export async function proveByIdentity(ctx: Context, proof: ProveByIdentity): Promise<void> {
  const { sessionId, identity, authenticatedAt, askedAt } = proof
  await inTransaction(ctx.db, async (tx) => {
    const session = await tx
      .selectFrom('staff_session')
      .select('staff_id')
      .where('id', '=', sessionId)
      .where('ended_at', 'is', null)
      .where('idle_expires_at', '>', sql<Date>`clock_timestamp()`)
      .executeTakeFirst()
    const person = session && (await lockEnabled(tx, session.staff_id))
    if (person === undefined) throw new Refusal('session_required', 'Your session has ended. Sign in again.')
    if (person.identity_issuer !== identity.issuer || person.identity_subject !== identity.subject)
      throw new Refusal('identity_of_another', 'The identity provider names another person.')
    // Who has a password or a code here proves with them: an answer of one factor is not to replace two.
    if (person.password_hash !== null || (await hasSecondFactor(tx, person.id))) throw invalidCredentials()
    const isNew =
      authenticatedAt !== undefined &&
      authenticatedAt.getTime() >= askedAt.getTime() - CLOCKS_APART_SECONDS_MAX * 1_000
    if (!isNew) throw new Refusal('identity_proof_old', 'The identity provider did not ask you anew.')
    await tx
      .updateTable('staff_session')
      .set({ proven_at: await databaseTime(tx), ...(identity.hasSecondFactor && { second_factor: true }) })
      .where('id', '=', sessionId)
      .execute()
    await recordAudit(tx, {
      action: 'staff.proven',
      subjectType: 'staff',
      subjectId: person.id,
      after: { email: person.email, session_id: sessionId, means: 'openid_connect' },
    })
  })
}
