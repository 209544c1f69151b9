import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

type EndSessions = {
  readonly staffId: string
  /** The one session that ends. Left out: all of them. */
  readonly only?: string | undefined
  /** A session that stays. */
  readonly except?: string
  readonly now: Date
}

/** Ends the sessions of a person, whose account is locked. Returns how many ended. */
export async function endSessions(
  tx: Transaction<Database>,
  { staffId, only, except, now }: EndSessions,
): Promise<number> {
  let open = tx
    .updateTable('staff_session')
    .set({ ended_at: now })
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
  if (only !== undefined) open = open.where('id', '=', only)
  if (except !== undefined) open = open.where('id', '!=', except)
  return (await open.returning('id').execute()).length
}

/** Ends every session of a person and forgets their devices, so that an old password or token opens nothing more. */
export async function shutOut(tx: Transaction<Database>, staffId: string, now: Date): Promise<number> {
  const ended = await endSessions(tx, { staffId, now })
  await tx.deleteFrom('staff_device').where('staff_id', '=', staffId).execute()
  return ended
}
