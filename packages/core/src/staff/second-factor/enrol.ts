import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import { requireProof, type StaffContext } from '../../context.ts'
import type { Database } from '../../database/tables.gen.ts'
import { databaseTime } from '../../database/time.ts'
import { inTransaction } from '../../database/transaction.ts'
import { endSessions } from '../end-sessions.ts'
import { lockEnabled } from '../open-session.ts'
import { invalidCode } from '../sign-in-by-code.ts'
import { replaceRecoveryCodes, type SecondFactors } from './codes.ts'

/**
 * Begins to set up a second factor, or another device for it; nothing changes before `confirmSecondFactor`. Starting again replaces what
 * was not confirmed. `secret` is random. Throws Refusal: step_up_required, second_factor_unavailable.
 */
export async function startSecondFactor(
  ctx: StaffContext,
  { secret, boxes }: { readonly secret: Uint8Array } & Pick<SecondFactors, 'boxes'>,
): Promise<void> {
  requireProof(ctx, 'own_access')
  if (boxes === undefined) throw unavailable()
  const box = boxes.current
  const { staffId } = ctx.actor
  await inTransaction(ctx.db, async (tx) => {
    await lockPerson(tx, staffId)
    await tx
      .deleteFrom('staff_totp')
      .where('staff_id', '=', staffId)
      .where('confirmed_at', 'is', null)
      .execute()
    const id = ctx.newId()
    await tx
      .insertInto('staff_totp')
      .values({
        id,
        staff_id: staffId,
        secret: box.seal(secret, id),
        key_id: box.id,
        created_at: await databaseTime(tx),
      })
      .execute()
  })
}

/**
 * Sets up the second factor that was begun, by a code of it: from now on each sign-in needs one. The person's other sessions end. Returns
 * the recovery codes, which nothing shows again. Throws Refusal: step_up_required, second_factor_not_found (nothing was begun),
 * invalid_code, second_factor_unavailable.
 */
export async function confirmSecondFactor(
  ctx: StaffContext,
  { code, factors }: { readonly code: string; readonly factors: SecondFactors },
): Promise<readonly string[]> {
  requireProof(ctx, 'own_access')
  const { actor } = ctx
  const { staffId, sessionId } = actor
  return inTransaction(ctx.db, async (tx) => {
    await lockPerson(tx, staffId)
    const now = await databaseTime(tx)
    const { id, usedStep } = await checkPending(tx, { staffId, code, now }, factors)
    const replaced = await tx
      .deleteFrom('staff_totp')
      .where('staff_id', '=', staffId)
      .where('confirmed_at', 'is not', null)
      .returning('id')
      .execute()
    await tx
      .updateTable('staff_totp')
      .set({ confirmed_at: now, used_step: BigInt(usedStep) })
      .where('id', '=', id)
      .execute()
    const codes = await replaceRecoveryCodes(tx, staffId, now)
    await tx.updateTable('staff_session').set({ second_factor: true }).where('id', '=', sessionId).execute()
    const ended = await endSessions(tx, { staffId, except: sessionId, now })
    await recordAudit(tx, {
      by: actor,
      action: 'staff.second_factor_set',
      subjectType: 'staff',
      subjectId: staffId,
      after: { replaced_another: replaced.length > 0, sessions_ended: ended },
    })
    return codes
  })
}

async function checkPending(
  tx: Transaction<Database>,
  { staffId, code, now }: { readonly staffId: string; readonly code: string; readonly now: Date },
  { boxes, stepOf }: SecondFactors,
): Promise<{ readonly id: string; readonly usedStep: number }> {
  const pending = await tx
    .selectFrom('staff_totp')
    .select(['id', 'secret', 'key_id'])
    .where('staff_id', '=', staffId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  if (pending === undefined)
    throw new Refusal('second_factor_not_found', 'No second factor is being set up. Begin again.')
  const box = boxes?.withId(pending.key_id)
  if (box === undefined) throw unavailable()
  const usedStep = stepOf(box.open(pending.secret, pending.id), code.replaceAll(/\s/g, ''), now)
  if (usedStep === undefined) throw invalidCode()
  return { id: pending.id, usedStep }
}

async function lockPerson(tx: Transaction<Database>, staffId: string): Promise<void> {
  if ((await lockEnabled(tx, staffId)) === undefined)
    throw new Refusal('session_required', 'This account was disabled.')
}

function unavailable(): Refusal {
  return new Refusal(
    'second_factor_unavailable',
    'Second factors are not set up here: the setting DROPLOCK_STAFF_SECRET_KEY of console-api is missing or was changed.',
  )
}
