import { isTerminal, next } from '@droplock/rules/machines/machine'
import type { RegistrationRequestFailure } from '@droplock/rules/machines/registration-request'
import { registrationRequestMachine } from '@droplock/rules/machines/registration-request'
import { AUTH_CODE_VALID_MS } from '@droplock/rules/registrations/auth-code'
import type { PaidTerm } from '@droplock/rules/registrations/auto-renewal'
import type { Confirmed } from '@droplock/rules/registrations/held'
import { sql, type Transaction } from 'kysely'
import { removeSalt } from '../auth-codes/unset.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { lockRegistration } from '../locks.ts'
import { fileAuthCodeUnset } from '../registry-requests/file.ts'
import { finishRequest } from '../registry-requests/record.ts'
import { endRegistration, keepConfirmed, paidTermOf } from './confirm.ts'

export type ChangeSettlement = {
  /** Of the registry request, of what it carries out, and of the registration. */
  readonly requestId: string
  readonly changeId: string
  readonly registrationId: string
  readonly code: number | null
  readonly svTRID: string | null
} & (
  | {
      readonly outcome: 'succeeded'
      /** What the registry showed after the change. */
      readonly confirmed: Confirmed
      /** Of an auth code: which secret it was derived with. */
      readonly secretId?: string
    }
  | {
      readonly outcome: 'failed'
      readonly reason: RegistrationRequestFailure
      /** What the registry said where it refused it. */
      readonly message?: string
    }
)

/**
 * Settles a requested change in one transaction with what the registry shows, and notifies its holder. An auth code is valid from now, and
 * its replacement by an unknown one is filed. A name that is no longer ours ends its registration. A repeat returns false. ADR 24.
 */
export async function settleChange(ctx: Context, settlement: ChangeSettlement): Promise<boolean> {
  const { changeId, registrationId } = settlement
  return inTransaction(ctx.db, async (tx) => {
    const registration = await lockRegistration(tx, registrationId)
    // Decided only here, under the lock of its registration.
    const change = await tx
      .selectFrom('registration_request')
      .select('state')
      .where('id', '=', changeId)
      .executeTakeFirstOrThrow()
    if (isTerminal(registrationRequestMachine, change.state)) return false
    const now = await databaseTime(tx)
    if (!(await finishRequest(tx, settlement, now))) return false
    const failed = settlement.outcome === 'failed'
    await tx
      .updateTable('registration_request')
      .set({
        state: next(registrationRequestMachine, change.state, failed ? 'fail' : 'succeed'),
        decided_at: now,
        ...(failed && {
          failure_reason: settlement.reason,
          answer_code: settlement.code,
          answer_message: settlement.message ?? null,
        }),
      })
      .where('id', '=', changeId)
      .execute()
    if (!failed) await keepResult(tx, ctx, settlement, { asOf: now, term: paidTermOf(registration) })
    else if (settlement.reason === 'not_held' && registration.ended_at === null)
      await endRegistration(tx, ctx, registrationId, 'not_held')
    if (failed) await removeSalt(tx, changeId)
    await publish(
      tx,
      ctx,
      failed ? 'registration_request.failed' : 'registration_request.succeeded',
      changeId,
    )
    return true
  })
}

async function keepResult(
  tx: Transaction<Database>,
  ctx: Context,
  { changeId, registrationId, confirmed, secretId }: ChangeSettlement & { readonly outcome: 'succeeded' },
  known: { readonly asOf: Date; readonly term: PaidTerm },
): Promise<void> {
  const { asOf: now } = known
  await keepConfirmed(tx, registrationId, confirmed, known)
  if (secretId === undefined) return
  // The codes before it are no longer those of the registry.
  await sql`
    update auth_code set salt = null, valid_until = least(valid_until, ${now}) from registration_request as earlier
    where earlier.id = request_id and earlier.registration_id = ${registrationId} and earlier.id <> ${changeId}
      and valid_until > ${now}`.execute(tx)
  const validUntil = new Date(now.getTime() + AUTH_CODE_VALID_MS)
  await tx
    .updateTable('auth_code')
    .set({ secret_id: secretId, valid_until: validUntil })
    .where('request_id', '=', changeId)
    .execute()
  await fileAuthCodeUnset(tx, ctx, { id: changeId, registrationId }, validUntil)
}
