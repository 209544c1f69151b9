import type { RdapAnswer } from '@droplock/rules/ports/rdap'
import { type RawBuilder, sql } from 'kysely'
import type { Context } from './context.ts'

/**
 * A request to an RDAP server, answer and all, takes no longer than this from the time at which its turn was taken: then the server is
 * free again, whatever became of the process. Milliseconds.
 */
export const RDAP_REQUEST_MS_MAX = 15_000

/** Requests a minute to a server that no registry of ours names any more. */
const PER_MINUTE_MIN = 1

/** Between two requests, by the strictest of the registries that publish on this host. */
function gapOf(host: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select make_interval(secs => 60.0 / coalesce(min(registry.rdap_per_minute_max), ${PER_MINUTE_MIN}))
    from zone join registry on registry.id = zone.registry_id where zone.rdap_host = ${host})`
}

/**
 * Takes the next turn at an RDAP server: one request is under way at a time, of all processes together (`rdap_requests_are_spaced`).
 * False where it is not free. Who has a turn sends at once or not at all (see `RDAP_REQUEST_MS_MAX`), and gives it back.
 */
export async function takeRdapTurn(ctx: Context, host: string, requestId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into rdap_host (host, request_id, free_at)
    values (${host}, ${requestId}, clock_timestamp() + ${RDAP_REQUEST_MS_MAX} * interval '1 millisecond' + ${gapOf(sql`${host}`)})
    on conflict (host) do update set request_id = excluded.request_id, free_at = excluded.free_at
      where rdap_host.free_at <= clock_timestamp()
    returning host`.execute(ctx.db)
  return rows.length === 1
}

type TurnResult = { readonly requests: number; readonly answer: RdapAnswer }

/**
 * Gives a turn back after the answer: the next request waits for a gap for each request that it took, or as long as the server asked
 * (RFC 7480 §5.5). Nothing happens where the turn was over.
 */
export async function endRdapTurn(
  ctx: Context,
  host: string,
  requestId: string,
  { requests, answer }: TurnResult,
): Promise<void> {
  const retryAfterMs = answer.kind === 'unavailable' ? (answer.retryAfterMs ?? 0) : 0
  await sql`
    update rdap_host set request_id = null,
      free_at = clock_timestamp() + greatest(${requests} * ${gapOf(sql`rdap_host.host`)}, ${retryAfterMs} * interval '1 millisecond')
    where host = ${host} and request_id = ${requestId}`.execute(ctx.db)
}
