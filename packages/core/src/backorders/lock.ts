import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A backorder's row under FOR UPDATE; its listing and target are locked before it. */
export async function lockBackorder(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('backorder').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedBackorder = Awaited<ReturnType<typeof lockBackorder>>
