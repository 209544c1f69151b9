import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { fileDeletion } from '../registry-requests/file.ts'

/** Registrations per transaction: few enough that nobody waits long for one of them. */
const REGISTRATIONS_PER_BATCH_MAX = 200

const isUnrenewed = sql`not exists (
  select from renewal where registration_id = registration.id and state in ('pending_payment', 'paid', 'renewing'))`

/**
 * Requests the deletion of one batch of names that have expired, that can no longer be renewed, and that nobody is renewing; call again
 * while not 0. From here on they are not renewed (`deleted_name_is_not_renewed`). Locked rows are skipped. ADR 28.
 */
export async function requestDeletions(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows: due } = await sql<{ id: string }>`
      select id from registration where ended_at is null and deletion_requested_at is null and renewable_until <= statement_timestamp()
        and ${isUnrenewed}
      order by id limit ${REGISTRATIONS_PER_BATCH_MAX} for update skip locked`.execute(tx)
    const now = await databaseTime(tx)
    // Asked once more under the locks: a renewal may have been ordered, or have succeeded, while they were taken.
    const { rows } = await sql<{ id: string }>`
      update registration set deletion_requested_at = ${now}
      where id = any(${due.map(({ id }) => id)}::uuid[]) and renewable_until <= ${now}
        and ${isUnrenewed}
      returning id`.execute(tx)
    const ids = rows.map(({ id }) => id)
    for (const id of ids) await fileDeletion(tx, ctx, id, now)
    await publishAll(tx, ctx, 'registration.deletion_requested', ids)
    return ids.length
  })
}
