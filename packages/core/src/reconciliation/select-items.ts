import { sql } from 'kysely'
import type { StaffContext } from '../context.ts'

/** Items with who closed them, and how old they are. */
export function selectItems(ctx: StaffContext) {
  return ctx.db
    .selectFrom('reconciliation_item')
    .leftJoin('staff_account as closer', 'closer.id', 'reconciliation_item.closed_by')
    .selectAll('reconciliation_item')
    .select([
      'closer.name as closer_name',
      sql<number>`extract(epoch from coalesce(closed_at, clock_timestamp()) - first_seen_at)::integer`.as(
        'age_seconds',
      ),
    ])
}
