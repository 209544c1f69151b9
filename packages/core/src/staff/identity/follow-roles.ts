import { followedRoles, isRole, type Role } from '@droplock/rules/staff'
import type { Selectable, Transaction } from 'kysely'
import { recordAudit } from '../../audit/record.ts'
import type { Database, StaffAccountTable } from '../../database/tables.gen.ts'
import { databaseTime } from '../../database/time.ts'
import { endSessions } from '../end-sessions.ts'

/**
 * Gives a person, whose row is locked, the roles of the identity provider; admin is only ever given by hand, and stays. Returns the person
 * with their roles; undefined where none is left: then the roles stay as they were, for the audit, and all sessions end.
 */
export async function followRoles(
  tx: Transaction<Database>,
  person: Selectable<StaffAccountTable>,
  mapped: readonly Role[],
): Promise<Selectable<StaffAccountTable> | undefined> {
  const { id, email } = person
  const held = person.roles.filter(isRole)
  const roles = followedRoles(held, mapped)
  if (roles.length === 0) {
    const ended = await endSessions(tx, { staffId: id, now: await databaseTime(tx) })
    if (ended > 0)
      await recordAudit(tx, {
        action: 'staff.sessions_ended',
        subjectType: 'staff',
        subjectId: id,
        after: { email, sessions_ended: ended, cause: 'identity_without_role' },
      })
    return undefined
  }
  if (roles.length === held.length && roles.every((role) => held.includes(role))) return person
  const version = person.version + 1
  await tx
    .updateTable('staff_account')
    .set({ roles: [...roles], version })
    .where('id', '=', id)
    .execute()
  await recordAudit(tx, {
    action: 'staff.roles_followed',
    subjectType: 'staff',
    subjectId: id,
    before: { email, roles: held },
    after: { email, roles: [...roles] },
  })
  return { ...person, roles: [...roles], version }
}
