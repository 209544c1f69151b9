import { Refusal } from '@droplock/rules/refusals'
import { type AccessPolicy, needsSecondFactor } from '@droplock/rules/staff'
import { recordAudit } from '../../audit/record.ts'
import { requireProof, type StaffContext } from '../../context.ts'
import { databaseTime } from '../../database/time.ts'
import { inTransaction } from '../../database/transaction.ts'
import { lockEnabled } from '../open-session.ts'
import { hasSecondFactor, removeSecondFactor, replaceRecoveryCodes } from './codes.ts'

export type SecondFactorView = {
  /** When it was set up; null where there is none. */
  readonly since: Date | null
  /** How many recovery codes are not used yet. */
  readonly recoveryCodes: number
  /** Whether a role of the person requires it. */
  readonly isRequired: boolean
}

/** The caller's second factor. */
export async function readSecondFactor(ctx: StaffContext, policy: AccessPolicy): Promise<SecondFactorView> {
  const { staffId, roles } = ctx.actor
  const totp = await ctx.db
    .selectFrom('staff_totp')
    .select('confirmed_at')
    .where('staff_id', '=', staffId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  const codes = await ctx.db
    .selectFrom('staff_recovery_code')
    .select('code_sha256')
    .where('staff_id', '=', staffId)
    .where('used_at', 'is', null)
    .execute()
  return {
    since: totp?.confirmed_at ?? null,
    recoveryCodes: codes.length,
    isRequired: needsSecondFactor(roles, policy),
  }
}

/**
 * Turns off the caller's second factor. Where a role requires one, their sessions can then only set up another. Throws Refusal:
 * step_up_required, second_factor_not_found.
 */
export async function removeOwnSecondFactor(ctx: StaffContext): Promise<void> {
  requireProof(ctx, 'own_access')
  const { actor } = ctx
  await inTransaction(ctx.db, async (tx) => {
    await lockEnabled(tx, actor.staffId)
    if (!(await removeSecondFactor(tx, actor.staffId))) throw notFound()
    await tx
      .updateTable('staff_session')
      .set({ second_factor: false })
      .where('staff_id', '=', actor.staffId)
      .execute()
    await recordAudit(tx, {
      by: actor,
      action: 'staff.second_factor_removed',
      subjectType: 'staff',
      subjectId: actor.staffId,
    })
  })
}

/** Replaces the caller's recovery codes. Returns the new ones, which nothing shows again. Throws as `removeOwnSecondFactor`. */
export async function renewRecoveryCodes(ctx: StaffContext): Promise<readonly string[]> {
  requireProof(ctx, 'own_access')
  const { actor } = ctx
  return inTransaction(ctx.db, async (tx) => {
    await lockEnabled(tx, actor.staffId)
    if (!(await hasSecondFactor(tx, actor.staffId))) throw notFound()
    const codes = await replaceRecoveryCodes(tx, actor.staffId, await databaseTime(tx))
    await recordAudit(tx, {
      by: actor,
      action: 'staff.recovery_codes_renewed',
      subjectType: 'staff',
      subjectId: actor.staffId,
    })
    return codes
  })
}

function notFound(): Refusal {
  return new Refusal('second_factor_not_found', 'You have no second factor.')
}
