import { EXPIRY_NOTICE_DAYS } from '@droplock/rules/renewals'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { zoneOfRegistration } from './read.ts'

/** Registrations per transaction: few enough that nobody waits long for one of them. */
const REGISTRATIONS_PER_BATCH_MAX = 500

const [MONTH, WEEK, EXPIRED] = EXPIRY_NOTICE_DAYS

/**
 * Notifies the holders of one batch of names that they are not being renewed: a month and a week before their expiry, and at it, with the
 * day until which they can be renewed late (ADR 28). Call again while not 0. Each notice is given once for an expiry; a name that is caught
 * up with late has the last one only. Locked rows are skipped: they are just being renewed or ended.
 */
export async function notifyExpiry(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string; notice: number }>`
      with due as (
        select registration.id, notice, zone.late_renewal_days
        from registration join zone on zone.name = ${zoneOfRegistration}
          cross join lateral (select case when expires_at <= statement_timestamp() then ${EXPIRED}::integer
            when expires_at <= statement_timestamp() + make_interval(days => ${WEEK}::integer) then ${WEEK}::integer
            else ${MONTH}::integer end as notice) as next
        where ended_at is null and expires_at <= statement_timestamp() + make_interval(days => ${MONTH}::integer)
          and (notice_expires_at is distinct from expires_at or notice_days > notice)
          and not exists (select from renewal where registration_id = registration.id and state in ('paid', 'renewing'))
        order by registration.id limit ${REGISTRATIONS_PER_BATCH_MAX} for update of registration skip locked
      )
      update registration set notice_expires_at = expires_at, notice_days = notice,
        -- From when its holder was notified, however late that was.
        renewable_until = case when notice = ${EXPIRED}::integer then statement_timestamp() + make_interval(days => late_renewal_days) end
      from due where registration.id = due.id returning registration.id, notice`.execute(tx)
    const [expired, expiring] = [rows.filter(hasExpired), rows.filter((row) => !hasExpired(row))]
    await publishAll(tx, ctx, 'registration.expiring', expiring.map(idOf))
    await publishAll(tx, ctx, 'registration.expired', expired.map(idOf))
    return rows.length
  })
}

function hasExpired({ notice }: { readonly notice: number }): boolean {
  return notice === EXPIRED
}

function idOf({ id }: { readonly id: string }): string {
  return id
}
