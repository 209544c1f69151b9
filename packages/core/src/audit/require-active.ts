import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'

/**
 * Keeps a request of a disabled person from being committed, however long it has been running: disabling waits for this lock, or this
 * waits for disabling. Throws Refusal('session_required').
 */
export async function requireActive(tx: Transaction<Database>, staffId: string): Promise<void> {
  if (await isActive(tx, staffId)) return
  throw new Refusal('session_required', 'This account was disabled.')
}

/** Proposals of a disabled person are not approved. Throws Refusal('proposer_disabled'). */
export async function requireActiveProposer(
  tx: Transaction<Database>,
  staffId: string | null,
): Promise<void> {
  if (staffId === null || (await isActive(tx, staffId))) return
  throw new Refusal(
    'proposer_disabled',
    'The person who proposed this was disabled. It can be proposed again.',
  )
}

/** The same for reading page by page: without a lock, as of now. Throws Refusal('session_required'). */
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
