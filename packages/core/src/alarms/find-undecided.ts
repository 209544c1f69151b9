import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { findTargets } from './find-targets.ts'
import type { RaiseAlarm } from './raise.ts'

/**
 * The targets that nothing has decided so long after the end of their grace, as alarms `target_undecided`. Where they are many, those
 * past their grace for the longest (see `findTargets`).
 */
export async function findUndecidedTargets(
  ctx: Context,
  afterMs: number,
): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const isCause = sql`grace_until < statement_timestamp() - ${afterMs} * interval '1 millisecond'`
  const targets = await findTargets(ctx, 'target_undecided', isCause, 'grace_until')
  return targets.map(({ id, name, state, graceUntil }) => ({
    subject: id,
    facts: { name, state, graceUntil: graceUntil.toISOString() },
  }))
}
