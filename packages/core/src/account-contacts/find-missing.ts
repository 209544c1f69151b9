import type { ContactRole } from '@droplock/rules/contacts'
import { sql } from 'kysely'
import { TARGETS_MAX } from '../alarms/find.ts'
import type { RaiseAlarm } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import { readPlannedOnce } from '../database/planned-once.ts'
import { isMissing, isNotMade, ordersOfContactsNotMade } from './not-made.ts'

type Missing = {
  readonly id: string
  readonly name: string
  readonly cutoffAt: Date
  readonly refused: readonly ContactRole[] | null
  readonly pending: readonly ContactRole[] | null
  readonly answer: string | null
}

/**
 * The names of secured orders that have a contact which their registry has refused, or has not made although the cut-off is near, as
 * alarms `contact_missing`, by listing: without it the name is registered to the operator's contact (ADR 24). If there are many, those
 * whose orders close first, and all whose alarm is open.
 */
export async function findMissingContacts(ctx: Context): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const missing = sql<Missing>`
    with missing as (
      select distinct listing.id, listing.name, listing.cutoff_at, role, place, made.state, concat_ws(' ', answer_code, answer_message) as answer
      from ${ordersOfContactsNotMade} cross join unnest(used.roles) with ordinality as each (role, place)
      where ${isNotMade} and ${isMissing}
    ), named as (
      select id, name, cutoff_at, array_agg(role order by place) filter (where state = 'failed') as refused,
        array_agg(role order by place) filter (where state = 'pending') as pending,
        max(answer) filter (where state = 'failed') as answer, row_number() over (order by cutoff_at, id) as rank
      from missing group by id, name, cutoff_at
    )
    select id, name, cutoff_at as "cutoffAt", refused, pending, answer from named
    where rank <= ${TARGETS_MAX}
      or exists (select from alarm where kind = 'contact_missing' and subject = named.id::text and closed_at is null)
    order by rank`
  const rows = await readPlannedOnce(ctx.db, missing)
  return rows.map(({ id, name, cutoffAt, refused, pending, answer }) => ({
    subject: id,
    facts: {
      name,
      cutoffAt: cutoffAt.toISOString(),
      ...(refused !== null && { refused: [...refused] }),
      ...(pending !== null && { pending: [...pending] }),
      ...(answer !== null && { answer }),
    },
  }))
}
