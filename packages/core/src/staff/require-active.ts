import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/**
 * Nothing is committed for a person after they were disabled, however long their request was under way: disabling waits for this
 * lock, or this for it. Throws Refusal('session_required').
 */
export async function requireActive(tx: Transaction<Database>, staffId: string): Promise<void> {
  const active = await tx
    .selectFrom('staff_account')
    .select('id')
    .where('id', '=', staffId)
    .where('disabled_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  if (active === undefined) throw new Refusal('session_required', 'This account was disabled.')
}
