import type { AlarmKind } from '@droplock/rules/alarms/kinds'
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'

/** Nobody reads more of one cause. */
export const TARGETS_MAX = 200

type FoundTarget = {
  readonly id: string
  readonly name: string
  readonly registry: string
  readonly state: string
  readonly dropFrom: Date
  readonly graceUntil: Date
}

/**
 * The undecided targets that are a cause of alarms of this kind: the first `TARGETS_MAX` by `first`, and all whose alarm is open, so
 * that an alarm closes when its own cause is over and not because others came before it.
 */
export async function findTargets(
  ctx: Context,
  kind: AlarmKind,
  isCause: RawBuilder<unknown>,
  first: 'drop_from' | 'grace_until',
): Promise<readonly FoundTarget[]> {
  const { rows } = await sql<FoundTarget>`
    select id, name, registry_id as registry, state, drop_from as "dropFrom", grace_until as "graceUntil"
    from (select *, row_number() over (order by ${sql.ref(first)}, id) as place from catch_target
      where state in ('armed', 'firing', 'ambiguous', 'awaiting_award') and ${isCause}) as target
    where place <= ${TARGETS_MAX}
      or exists (select from alarm where kind = ${kind} and subject = target.id::text and closed_at is null)
    order by place`.execute(ctx.db)
  return rows
}
