import { sql } from 'kysely'
import { TARGETS_MAX } from '../alarms/find.ts'
import type { RaiseAlarm } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import { zoneOfRegistration } from './read.ts'

/** Where a registry is away or refuses a deletion for longer an operator is notified: days are left to correct it. */
export const OVERDUE_AFTER_SECONDS = 86_400

/**
 * The names whose deletion was requested a day ago and that are not deleted, as alarms `deletion_overdue`. If there are many, the longest
 * requested ones. ADR 28.
 */
export async function findOverdueDeletions(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{
    listingId: string
    name: string
    requestedAt: Date
    creditedUntil: Date | null
    answerCode: number | null
  }>`
    select backorder.listing_id as "listingId", registration.name, deletion_requested_at as "requestedAt", answer_code as "answerCode",
      case when auto_renewed_until is not null then expires_at + make_interval(days => auto_renew_grace_days) end as "creditedUntil"
    from registration join registry_request as request on request.registration_id = registration.id
      join backorder on backorder.id = registration.backorder_id
      join zone on zone.name = ${zoneOfRegistration}
    where request.state <> 'done' and request.kind = 'delete' and registration.ended_at is null
      and deletion_requested_at <= statement_timestamp() - make_interval(secs => ${OVERDUE_AFTER_SECONDS})
    order by deletion_requested_at, registration.id limit ${TARGETS_MAX}`.execute(ctx.db)
  return rows.map(({ listingId, name, requestedAt, creditedUntil, answerCode }) => ({
    subject: listingId,
    facts: {
      name,
      requestedAt: requestedAt.toISOString(),
      ...(creditedUntil !== null && { creditedUntil: creditedUntil.toISOString() }),
      ...(answerCode !== null && { answerCode }),
    },
  }))
}
