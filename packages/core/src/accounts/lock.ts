import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A customer's account under FOR UPDATE, so that refunds read its debt in the order they are made (rule 9). */
export async function lockAccount(tx: Transaction<Database>, id: string) {
  return locked(tx, id).executeTakeFirstOrThrow()
}

/** The same for an id that a person sent. Throws Refusal('account_not_found'). */
export async function lockNamedAccount(tx: Transaction<Database>, id: string) {
  const account = await locked(tx, id).executeTakeFirst()
  if (account === undefined) throw new Refusal('account_not_found', 'No such account.', { id })
  return account
}

function locked(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('account').selectAll().where('id', '=', id).forUpdate()
}
