import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A renewal's row under FOR UPDATE; its registration, where that is written, is locked before it. */
export async function lockRenewal(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('renewal').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export type LockedRenewal = Awaited<ReturnType<typeof lockRenewal>>
