import { Refusal } from '@droplock/rules/refusals'
import type { Role } from '@droplock/rules/staff'
import { sql, type Transaction } from 'kysely'
import { type Changed, changeWithAudit } from '../audit/change.ts'
import { recordAudit } from '../audit/record.ts'
import { type Operator, type OperatorContext, requirePermission } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { endSessions, shutOut } from './end-sessions.ts'
import { removeLink } from './links/use.ts'
import { removeSecondFactor } from './second-factor/codes.ts'

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
  await onlyOnce(() =>
    inTransaction(ctx.db, async (tx) => {
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
    }),
  )
  return id
}

/** Runs what adds a person. Throws Refusal('staff_exists') where another person has the address. */
export async function onlyOnce<Result>(add: () => Promise<Result>): Promise<Result> {
  try {
    return await add()
  } catch (error) {
    if (!violated(error, 'staff_email_unique')) throw error
    throw new Refusal('staff_exists', 'A person with this address exists already.')
  }
}

type ChangeStaff = {
  readonly staffId: string
  /** The version that is changed. Left out: a change of single members, which loses nothing of another one. */
  readonly version?: number | undefined
  /** Left out, it stays. */
  readonly name?: string | undefined
  /** All of them, at least one. Left out, they stay. */
  readonly roles?: readonly Role[] | undefined
  readonly reason: string
}

/**
 * Changes a person's name or roles; open sessions have the new roles from their next request on. Throws Refusal: forbidden,
 * reason_required, own_account, staff_not_found, staff_changed (facts: `version`), last_admin, try_again.
 */
export async function changeStaff(ctx: OperatorContext, command: ChangeStaff): Promise<void> {
  await changeAccount(ctx, command, async (tx, { name, roles, version }) => {
    requireAnother(ctx.actor, command.staffId)
    if (command.version !== undefined && command.version !== version)
      throw new Refusal('staff_changed', 'Another change of this person was made meanwhile.', { version })
    const after = { name: command.name ?? name, roles: [...(command.roles ?? roles)] }
    await tx
      .updateTable('staff_account')
      .set({ ...after, version: version + 1 })
      .where('id', '=', command.staffId)
      .execute()
    return { action: 'staff.changed', before: { name, roles }, after }
  })
}

type DisableStaff = { readonly staffId: string; readonly reason: string }

/**
 * Disables a person at once: sessions end, devices are forgotten, and requests of theirs that are still running are not committed.
 * Their open proposals can be rejected and not approved. Doing it again changes nothing. Throws Refusal: forbidden, reason_required,
 * own_account, staff_not_found, last_admin, try_again.
 */
export async function disableStaff(ctx: OperatorContext, command: DisableStaff): Promise<void> {
  await changeAccount(ctx, command, async (tx, { email, roles, disabled_at }) => {
    requireAnother(ctx.actor, command.staffId)
    if (disabled_at !== null) return undefined
    const now = await databaseTime(tx)
    await tx
      .updateTable('staff_account')
      .set({ disabled_at: now })
      .where('id', '=', command.staffId)
      .execute()
    const sessions = await shutOut(tx, command.staffId, now)
    await removeLink(tx, command.staffId)
    return {
      action: 'staff.disabled',
      before: { email, roles },
      after: { disabled_at: now, sessions_ended: sessions },
    }
  })
}

type EnableStaff = { readonly staffId: string; readonly reason: string }

/**
 * Enables a person who was disabled, with the same password and roles. Doing it again changes nothing. Throws Refusal: forbidden,
 * reason_required, staff_not_found, try_again.
 */
export async function enableStaff(ctx: OperatorContext, command: EnableStaff): Promise<void> {
  await changeAccount(ctx, command, async (tx, { email, roles, disabled_at }) => {
    if (disabled_at === null) return undefined
    await tx
      .updateTable('staff_account')
      .set({ disabled_at: null })
      .where('id', '=', command.staffId)
      .execute()
    return { action: 'staff.enabled', before: { disabled_at }, after: { email, roles } }
  })
}

type ResetPassword = {
  readonly staffId: string
  /** Argon2id in its text form, made by the caller. */
  readonly passwordHash: string
  readonly reason: string
}

/**
 * Sets a person's password. Their sessions end and their devices are forgotten, so the old password opens nothing more. Throws
 * Refusal: forbidden, reason_required, staff_not_found, try_again.
 */
export async function resetPassword(ctx: OperatorContext, command: ResetPassword): Promise<void> {
  await changeAccount(ctx, command, async (tx, { email }) => {
    await tx
      .updateTable('staff_account')
      .set({ password_hash: command.passwordHash })
      .where('id', '=', command.staffId)
      .execute()
    await removeLink(tx, command.staffId)
    const sessions = await shutOut(tx, command.staffId, await databaseTime(tx))
    return { action: 'staff.password_reset', after: { email, sessions_ended: sessions } }
  })
}

type ResetSecondFactor = { readonly staffId: string; readonly reason: string }

/**
 * Removes a person's second factor and recovery codes, as when the telephone is lost; their sessions end. Where a role requires one, they
 * set up another when they sign in. Throws Refusal: forbidden, reason_required, own_account, staff_not_found, second_factor_not_found,
 * try_again.
 */
export async function resetSecondFactor(ctx: OperatorContext, command: ResetSecondFactor): Promise<void> {
  await changeAccount(ctx, command, async (tx, { email }) => {
    requireAnother(ctx.actor, command.staffId)
    if (!(await removeSecondFactor(tx, command.staffId)))
      throw new Refusal('second_factor_not_found', 'This person has no second factor.')
    const sessions = await endSessions(tx, { staffId: command.staffId, now: await databaseTime(tx) })
    return { action: 'staff.second_factor_reset', after: { email, sessions_ended: sessions } }
  })
}

type EndSessionsOf = {
  readonly staffId: string
  /** Left out: all of them. */
  readonly sessionId?: string | undefined
  readonly reason: string
}

/**
 * Ends the open sessions of another person, or one of them. Throws Refusal: forbidden, reason_required, own_account, staff_not_found,
 * staff_session_not_found (none is open), try_again.
 */
export async function endSessionsOf(ctx: OperatorContext, command: EndSessionsOf): Promise<void> {
  const { staffId, sessionId: only } = command
  await changeAccount(ctx, command, async (tx, { email }) => {
    requireAnother(ctx.actor, staffId)
    const ended = await endSessions(tx, { staffId, only, now: await databaseTime(tx) })
    if (ended === 0)
      throw new Refusal('staff_session_not_found', 'This person has no such open session any more.')
    const which = only === undefined ? {} : { session_id: only }
    return { action: 'staff.sessions_ended', after: { email, ...which, sessions_ended: ended } }
  })
}

/** `changeWithAudit` of a person's account, which is locked. Throws Refusal('staff_not_found'). */
export async function changeAccount(
  ctx: OperatorContext,
  { staffId: id, reason }: { readonly staffId: string; readonly reason: string },
  change: (tx: Transaction<Database>, account: LockedStaff) => Promise<Changed | undefined>,
): Promise<void> {
  const frame = { permission: 'staff:manage', subject: ['staff', id], reason } as const
  try {
    await changeWithAudit(ctx, frame, async (tx) => {
      // Before the person's row: two admins who remove each other would wait for each other's.
      await sql`select pg_advisory_xact_lock(${ADMINS_LOCK})`.execute(tx)
      const account = await lockStaff(tx, id)
      if (account === undefined) throw new Refusal('staff_not_found', 'No staff member has this id.', { id })
      return change(tx, account)
    })
  } catch (error) {
    if (!violated(error, 'last_admin_stays')) throw error
    throw new Refusal('last_admin', 'This is the last active admin. Make another person an admin first.')
  }
}

/** The lock of the trigger `last_admin_stays`. */
const ADMINS_LOCK = 7_021_733_469

async function lockStaff(tx: Transaction<Database>, id: string) {
  return tx
    .selectFrom('staff_account')
    .select(['email', 'name', 'roles', 'version', 'disabled_at'])
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
}

type LockedStaff = NonNullable<Awaited<ReturnType<typeof lockStaff>>>

/** Throws Refusal('own_account'): nobody gives themselves roles, or disables themselves by mistake. */
export function requireAnother(actor: Operator, staffId: string): void {
  if (actor.kind !== 'staff' || actor.staffId !== staffId) return
  throw new Refusal('own_account', 'Another person has to change this of your account.')
}
