import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** At most `max` in a window, which begins with the first. `window` is at most an hour: older counts are removed. */
export type RequestLimit = { readonly max: number; readonly windowSeconds: number }

/**
 * Counts one more of `key`, for all servers together. Returns in how many seconds the next one is counted anew, where this one is more than
 * the limit allows; undefined within it. What is refused does not lengthen the window.
 */
export async function countRequest(
  { db, newId }: Context,
  key: string,
  { max, windowSeconds }: RequestLimit,
): Promise<number | undefined> {
  const windowMs = windowSeconds * 1_000
  const { rows } = await sql<{ count: number; leftMs: number }>`
    with asked as (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now)
    insert into member_request_count as kept (id, key, count, last_request)
    select ${newId()}, ${key}, 1, now from asked
    on conflict on constraint member_request_count_key_unique do update set
      count = case when excluded.last_request - kept.last_request >= ${windowMs} then 1 else kept.count + 1 end,
      last_request = case when excluded.last_request - kept.last_request >= ${windowMs}
        then excluded.last_request else kept.last_request end
    returning count, (last_request + ${windowMs} - (select now from asked))::integer as "leftMs"`.execute(db)
  const [counted] = rows
  if (counted === undefined || counted.count <= max) return undefined
  return Math.max(Math.ceil(counted.leftMs / 1_000), 1)
}
