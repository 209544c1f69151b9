import { Refusal } from '@droplock/rules/refusals'
import type { Role } from '@droplock/rules/staff'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { type Operator, type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

type AddStaff = {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Argon2id in its text form, made by the caller. */
  readonly passwordHash: string
}

/** Adds a person to the staff. Returns the id. Throws Refusal: forbidden, staff_exists. */
export async function addStaff(ctx: OperatorContext, person: AddStaff): Promise<string> {
  requirePermission(ctx, 'staff:manage')
  const id = ctx.newId()
  const account = { email: person.email.toLowerCase(), name: person.name, roles: [...person.roles] }
  try {
    await inTransaction(ctx.db, async (tx) => {
      await tx
        .insertInto('staff_account')
        .values({ id, ...account, password_hash: person.passwordHash })
        .execute()
      await recordAudit(tx, {
        by: ctx.actor,
        action: 'staff.added',
        subjectType: 'staff',
        subjectId: id,
        after: account,
      })
    })
    return id
  } catch (error) {
    if (!violated(error, 'staff_email_unique')) throw error
    throw new Refusal('staff_exists', 'Somebody has this address already.')
  }
}

type ChangeStaff = {
  readonly staffId: string
  /** Left out, it stays. */
  readonly name?: string | undefined
  /** All of them, at least one. Left out, they stay. */
  readonly roles?: readonly Role[] | undefined
  readonly reason: string
}

/**
 * Changes a person's name or roles; open sessions have the new roles from their next request on. Throws Refusal: forbidden,
 * reason_required, own_account, staff_not_found, try_again.
 */
export async function changeStaff(ctx: OperatorContext, command: ChangeStaff): Promise<void> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(command.reason)
  const { staffId } = command
  requireAnother(ctx.actor, staffId)
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockStaff(tx, staffId)
    const before = { name: account.name, roles: account.roles }
    const after = { name: command.name ?? before.name, roles: [...(command.roles ?? before.roles)] }
    await tx.updateTable('staff_account').set(after).where('id', '=', staffId).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'staff.changed',
      subjectType: 'staff',
      subjectId: staffId,
      reason,
      before,
      after,
    })
  })
}

type DisableStaff = { readonly staffId: string; readonly reason: string }

/**
 * Shuts a person out, everywhere and at once: sessions end, devices are forgotten, and what a request of theirs has under way is
 * not committed any more. What they proposed can be rejected, and not approved. Doing it again changes nothing. Throws Refusal:
 * forbidden, reason_required, own_account, staff_not_found, try_again.
 */
export async function disableStaff(ctx: OperatorContext, command: DisableStaff): Promise<void> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(command.reason)
  const { staffId } = command
  requireAnother(ctx.actor, staffId)
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockStaff(tx, staffId)
    if (account.disabled_at !== null) return
    const now = await databaseTime(tx)
    await tx.updateTable('staff_account').set({ disabled_at: now }).where('id', '=', staffId).execute()
    const sessions = await shutOut(tx, staffId, now)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'staff.disabled',
      subjectType: 'staff',
      subjectId: staffId,
      reason,
      before: { email: account.email, roles: account.roles },
      after: { disabled_at: now, sessions_ended: sessions },
    })
  })
}

type EnableStaff = { readonly staffId: string; readonly reason: string }

/**
 * Lets a person in again who was disabled, with the password and the roles of before. Doing it again changes nothing. Throws
 * Refusal: forbidden, reason_required, staff_not_found, try_again.
 */
export async function enableStaff(ctx: OperatorContext, command: EnableStaff): Promise<void> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(command.reason)
  const { staffId } = command
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockStaff(tx, staffId)
    if (account.disabled_at === null) return
    await tx.updateTable('staff_account').set({ disabled_at: null }).where('id', '=', staffId).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'staff.enabled',
      subjectType: 'staff',
      subjectId: staffId,
      reason,
      before: { disabled_at: account.disabled_at },
      after: { email: account.email, roles: account.roles },
    })
  })
}

type ResetPassword = {
  readonly staffId: string
  /** Argon2id in its text form, made by the caller. */
  readonly passwordHash: string
  readonly reason: string
}

/**
 * Gives a person another password. Their sessions end and their devices are forgotten: whoever has the old one has nothing.
 * Throws Refusal: forbidden, reason_required, staff_not_found, try_again.
 */
export async function resetPassword(ctx: OperatorContext, command: ResetPassword): Promise<void> {
  requirePermission(ctx, 'staff:manage')
  const reason = requireReason(command.reason)
  const { staffId, passwordHash } = command
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockStaff(tx, staffId)
    await tx
      .updateTable('staff_account')
      .set({ password_hash: passwordHash })
      .where('id', '=', staffId)
      .execute()
    const sessions = await shutOut(tx, staffId, await databaseTime(tx))
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'staff.password_reset',
      subjectType: 'staff',
      subjectId: staffId,
      reason,
      after: { email: account.email, sessions_ended: sessions },
    })
  })
}

/** A person's account, locked. Throws Refusal('staff_not_found'). */
async function lockStaff(tx: Transaction<Database>, id: string) {
  const account = await tx
    .selectFrom('staff_account')
    .select(['id', 'email', 'name', 'roles', 'disabled_at'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (account === undefined) throw new Refusal('staff_not_found', 'Nobody has this id.', { id })
  return account
}

/** Throws Refusal('own_account'): nobody gives themselves roles, or shuts themselves out by mistake. */
function requireAnother(actor: Operator | undefined, staffId: string): void {
  if (actor?.kind !== 'staff' || actor.staffId !== staffId) return
  throw new Refusal('own_account', 'Another person has to change this of your account.')
}

/** Ends every session of a person, whose account is locked, and makes all their devices strangers. */
async function shutOut(tx: Transaction<Database>, staffId: string, now: Date): Promise<number> {
  const ended = await tx
    .updateTable('staff_session')
    .set({ ended_at: now })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute()
  await tx.deleteFrom('staff_device').where('staff_id', '=', staffId).execute()
  return ended.length
}
