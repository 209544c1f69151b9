import type { Transaction } from 'kysely'
import type { Database } from '../../database/tables.gen.ts'

/** Makes the link of a person, whose account is locked, open nothing any more. Returns whether there was one. */
export async function removeLink(tx: Transaction<Database>, staffId: string): Promise<boolean> {
  const removed = await tx
    .deleteFrom('staff_link')
    .where('staff_id', '=', staffId)
    .returning('staff_id')
    .executeTakeFirst()
  return removed !== undefined
}
