import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { RaiseAlarm } from './raise.ts'

/** A source of lists, and how long it may have no new one. */
export type ExpectedList = {
  readonly registryId: string
  readonly source: string
  readonly lateAfterMs: number
}

/** What an alarm `list_late` is about. */
export function listSubject({ registryId, source }: Pick<ExpectedList, 'registryId' | 'source'>): string {
  return `${registryId} ${source}`
}

/**
 * The sources that have had no new list for too long, whatever the reason, as alarms `list_late`. A source that nobody has asked
 * yet has no row, and is not late.
 */
export async function findLateLists(
  ctx: Context,
  expected: readonly ExpectedList[],
): Promise<readonly Omit<RaiseAlarm, 'kind'>[]> {
  const { rows } = await sql<{ registryId: string; source: string; listAt: Date; failure: string | null }>`
    select registry_id as "registryId", source, list_at as "listAt", failure
    from feed join unnest(${expected.map(({ registryId }) => registryId)}::text[],
        ${expected.map(({ source }) => source)}::text[],
        ${expected.map(({ lateAfterMs }) => lateAfterMs)}::float8[]) as expected (registry_id, source, late_after_ms)
      using (registry_id, source)
    where list_at < statement_timestamp() - late_after_ms * interval '1 millisecond'
    order by registry_id, source`.execute(ctx.db)
  return rows.map(({ listAt, failure, ...feed }) => ({
    subject: listSubject(feed),
    facts: {
      lastListAt: listAt.toISOString(),
      ...(failure !== null && { lastFailure: failure }),
    },
  }))
}
