import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

/**
 * Nothing is committed for a person after they were disabled, however long their request was under way: disabling waits for this
 * lock, or this for it. Throws Refusal('session_required').
 */
export async function requireActive(tx: Transaction<Database>, staffId: string): Promise<void> {
  if (await isActive(tx, staffId)) return
  throw new Refusal('session_required', 'This account was disabled.')
}

/** What a person has proposed is not approved after they were disabled. Throws Refusal('proposer_disabled'). */
export async function requireActiveProposer(
  tx: Transaction<Database>,
  staffId: string | null,
): Promise<void> {
  if (staffId === null || (await isActive(tx, staffId))) return
  throw new Refusal('proposer_disabled', 'Whoever proposed this was disabled. It can be proposed anew.')
}

/** For what is read piece by piece: without a lock, as of now. Throws Refusal('session_required'). */
export async function requireStillActive({ db, actor }: StaffContext): Promise<void> {
  const person = await db
    .selectFrom('staff_account')
    .select('disabled_at')
    .where('id', '=', actor.staffId)
    .executeTakeFirst()
  if (person?.disabled_at !== null) throw new Refusal('session_required', 'This account was disabled.')
}

async function isActive(tx: Transaction<Database>, staffId: string): Promise<boolean> {
  const active = await tx
    .selectFrom('staff_account')
    .select('id')
    .where('id', '=', staffId)
    .where('disabled_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  return active !== undefined
}
