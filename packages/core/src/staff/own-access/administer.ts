import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../../audit/record.ts'
import { requireProof, type StaffContext } from '../../context.ts'
import { databaseTime } from '../../database/time.ts'
import { inTransaction } from '../../database/transaction.ts'
import { endSessions } from '../end-sessions.ts'
import { removeLink } from '../links/use.ts'
import { lockEnabled } from '../open-session.ts'

// What people change of their own access. A permission is not needed: everyone may.

/** Ends one of the caller's sessions. Throws Refusal('staff_session_not_found'): unknown, ended, or of another person. */
export async function endOwnSession(ctx: StaffContext, id: string): Promise<void> {
  const { actor } = ctx
  await inTransaction(ctx.db, async (tx) => {
    const ended = await tx
      .updateTable('staff_session')
      .set({ ended_at: await databaseTime(tx) })
      .where('id', '=', id)
      .where('staff_id', '=', actor.staffId)
      .where('ended_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (ended === undefined)
      throw new Refusal('staff_session_not_found', 'You have no open session with this id.', { id })
    await recordAudit(tx, {
      by: actor,
      action: 'staff.sessions_ended',
      subjectType: 'staff',
      subjectId: actor.staffId,
      after: { session_id: id },
    })
  })
}

/** Ends all of the caller's sessions but the one that asks. */
export async function endOtherSessions(ctx: StaffContext): Promise<void> {
  const { actor } = ctx
  await inTransaction(ctx.db, async (tx) => {
    await lockEnabled(tx, actor.staffId)
    const now = await databaseTime(tx)
    const ended = await endSessions(tx, { staffId: actor.staffId, except: actor.sessionId, now })
    if (ended === 0) return
    await recordAudit(tx, {
      by: actor,
      action: 'staff.sessions_ended',
      subjectType: 'staff',
      subjectId: actor.staffId,
      after: { sessions_ended: ended },
    })
  })
}

/** Forgets one of the caller's devices. One that is unknown already stays so. */
export async function forgetDevice(ctx: StaffContext, id: string): Promise<void> {
  const { actor } = ctx
  await inTransaction(ctx.db, async (tx) => {
    const forgotten = await tx
      .deleteFrom('staff_device')
      .where('id', '=', id)
      .where('staff_id', '=', actor.staffId)
      .returning('id')
      .executeTakeFirst()
    if (forgotten === undefined) return
    await recordAudit(tx, {
      by: actor,
      action: 'staff.devices_forgotten',
      subjectType: 'staff',
      subjectId: actor.staffId,
      before: { devices: 1 },
    })
  })
}

type SetPassword = {
  /** Argon2id in its text form, made by the caller. */
  readonly passwordHash: string
  /** SHA-256 of the token of the device that stays known. */
  readonly deviceSha256: Uint8Array | undefined
}

/** Changes the caller's password: their other sessions end, and other devices are forgotten. Throws Refusal('step_up_required'). */
export async function setOwnPassword(
  ctx: StaffContext,
  { passwordHash, deviceSha256 }: SetPassword,
): Promise<void> {
  requireProof(ctx, 'own_access')
  const { actor } = ctx
  const { staffId } = actor
  await inTransaction(ctx.db, async (tx) => {
    await lockEnabled(tx, staffId)
    await tx
      .updateTable('staff_account')
      .set({ password_hash: passwordHash })
      .where('id', '=', staffId)
      .execute()
    await removeLink(tx, staffId)
    const now = await databaseTime(tx)
    const ended = await endSessions(tx, { staffId, except: actor.sessionId, now })
    await tx
      .deleteFrom('staff_device')
      .where('staff_id', '=', staffId)
      .where('token_sha256', '!=', Buffer.from(deviceSha256 ?? []))
      .execute()
    await recordAudit(tx, {
      by: actor,
      action: 'staff.password_set',
      subjectType: 'staff',
      subjectId: staffId,
      after: { sessions_ended: ended },
    })
  })
}
