import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { RaiseAlarm } from './raise.ts'

/** Nobody reads more of one cause; those past their grace for the longest come first. */
const TARGETS_MAX = 200

/** The targets that nothing has decided so long after the end of their grace, as alarms `target_undecided`. */
export async function findUndecidedTargets(
  ctx: Context,
  afterMs: number,
): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{ id: string; name: string; state: string; graceUntil: Date }>`
    select id, name, state, grace_until as "graceUntil" from catch_target
    where state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
      and grace_until < statement_timestamp() - ${afterMs} * interval '1 millisecond'
    order by grace_until, id limit ${TARGETS_MAX}`.execute(ctx.db)
  return rows.map(({ id, name, state, graceUntil }) => ({
    subject: id,
    facts: { name, state, graceUntil: graceUntil.toISOString() },
  }))
}
