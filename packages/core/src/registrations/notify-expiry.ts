import { EXPIRY_NOTICE_DAYS } from '@droplock/rules/renewals'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'

/** Registrations per transaction: few enough that nobody waits long for one of them. */
const REGISTRATIONS_PER_BATCH_MAX = 500

const [MONTH, WEEK] = EXPIRY_NOTICE_DAYS

/**
 * Notifies the holders of one batch of names, a month and a week before their expiry, that they are not being renewed; call again while not
 * 0. Each notice is given once for an expiry; a name that is caught up with late has the later one only. Locked rows are skipped: they are
 * just being renewed or ended.
 */
export async function notifyExpiry(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with due as (
        select id, notice from registration
          cross join lateral (select case when expires_at <= statement_timestamp() + make_interval(days => ${WEEK}::integer)
            then ${WEEK}::integer else ${MONTH}::integer end as notice) as next
        where ended_at is null and expires_at > statement_timestamp()
          and expires_at <= statement_timestamp() + make_interval(days => ${MONTH}::integer)
          and (notice_expires_at is distinct from expires_at or notice_days > notice)
          and not exists (select from renewal where registration_id = registration.id and state in ('paid', 'renewing'))
        order by id limit ${REGISTRATIONS_PER_BATCH_MAX} for update of registration skip locked
      )
      update registration set notice_expires_at = expires_at, notice_days = notice from due
      where registration.id = due.id returning registration.id`.execute(tx)
    await publishAll(
      tx,
      ctx,
      'registration.expiring',
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}
