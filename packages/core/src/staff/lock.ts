import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Operator } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

/** A person's account, locked. Throws Refusal('staff_not_found'). */
export async function lockStaff(tx: Transaction<Database>, id: string) {
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
export function requireAnother(actor: Operator | undefined, staffId: string): void {
  if (actor?.kind !== 'staff' || actor.staffId !== staffId) return
  throw new Refusal('own_account', 'Another person has to change this of your account.')
}

/** Ends every session of a person, whose account is locked, and makes all their devices strangers. */
export async function shutOut(tx: Transaction<Database>, staffId: string, now: Date): Promise<number> {
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
