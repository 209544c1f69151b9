import { Refusal } from '@droplock/rules/refusals'
import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Throws Refusal('registry_account_not_found'). */
export async function requireRegistryAccount(db: Kysely<Database>, id: string): Promise<void> {
  const account = await db.selectFrom('registry_account').select('id').where('id', '=', id).executeTakeFirst()
  if (account === undefined)
    throw new Refusal('registry_account_not_found', 'No such registry account.', { id })
}
