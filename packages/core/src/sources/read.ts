import type { SourceFailure } from '@droplock/rules/list-sources'
import { Refusal } from '@droplock/rules/refusals'
import { lateSince } from '@droplock/rules/schedule/list-lateness'
import { type OperatorContext, requirePermission } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed } from '../database/page.ts'
import { databaseTime } from '../database/time.ts'
import { type ListSource, readEnabled, toSource } from './internal.ts'

/** A source with its health. Ages are of the time of reading. */
export type SourceView = ListSource & {
  readonly createdAt: Date
  /** Its last new list; since when it is read where there was none. */
  readonly listAt: Date
  /** Seconds since then. */
  readonly ageSeconds: number
  /** Seconds for which it has been late; 0 while it is not, or is disabled. */
  readonly lateSeconds: number
  /** The last try that succeeded, also with nothing new. */
  readonly goodAt: Date | null
  readonly triedAt: Date | null
  readonly nextTryAt: Date | null
  /** A worker fetches it now. */
  readonly isClaimed: boolean
  /** What an operator asked for and has not been done yet. */
  readonly requested: 'list' | 'dry_run' | null
  /** Failed tries in a row, and why the last one failed. */
  readonly failures: number
  readonly failureCode: SourceFailure | null
  readonly failure: string | null
}

type ListSources = Paging & {
  readonly registryId?: string
  /** A part of the address. */
  readonly q?: string
  /** `failing`: enabled, and its last try failed. */
  readonly state?: 'enabled' | 'failing' | 'disabled'
}

/** Sources by registry and address, disabled ones last. Throws Refusal('forbidden'). */
export async function listSources(ctx: OperatorContext, query: ListSources): Promise<Listed<SourceView>> {
  requirePermission(ctx, 'console:read')
  const now = await databaseTime(ctx.db)
  let matching = ctx.db.selectFrom('list_source').selectAll()
  if (query.registryId !== undefined) matching = matching.where('registry_id', '=', query.registryId)
  if (query.q !== undefined) matching = matching.where('address', 'like', `%${escapeLike(query.q)}%`)
  if (query.state !== undefined) matching = matching.where('enabled', '=', query.state !== 'disabled')
  if (query.state === 'failing') matching = matching.where('failures', '>', 0)
  const sorted = matching.orderBy('enabled', 'desc').orderBy('registry_id').orderBy('address').orderBy('id')
  return readListed(ctx.db, sorted, query, (row) => toView(row, now))
}

/** How many sources are enabled, and those of them that are late or whose last try failed: the latest first. Throws Refusal('forbidden'). */
export async function listUnhealthySources(
  ctx: OperatorContext,
): Promise<{ readonly enabled: number; readonly unhealthy: readonly SourceView[] }> {
  requirePermission(ctx, 'console:read')
  const now = await databaseTime(ctx.db)
  const rows = await readEnabled(ctx.db)
  const unhealthy = rows
    .map((row) => toView(row, now))
    .filter(({ lateSeconds, failures }) => lateSeconds > 0 || failures > 0)
    .toSorted((one, other) => other.lateSeconds - one.lateSeconds)
  return { enabled: rows.length, unhealthy }
}

/** Throws Refusal: forbidden, source_not_found. */
export async function getSource(ctx: OperatorContext, id: string): Promise<SourceView> {
  requirePermission(ctx, 'console:read')
  const now = await databaseTime(ctx.db)
  const row = await ctx.db.selectFrom('list_source').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('source_not_found', 'No such list source.', { id })
  return toView(row, now)
}

type Row = Parameters<typeof toSource>[0]

function toView(row: Row, now: Date): SourceView {
  const source = toSource(row)
  const late = row.enabled ? lateSince(source, row.list_at, now) : undefined
  return {
    ...source,
    createdAt: row.created_at,
    listAt: row.list_at,
    ageSeconds: secondsBetween(row.list_at, now),
    lateSeconds: late === undefined ? 0 : secondsBetween(late, now),
    goodAt: row.good_at,
    triedAt: row.tried_at,
    nextTryAt: row.enabled ? row.next_try_at : null,
    isClaimed: row.claimed_until !== null && row.claimed_until > now,
    requested: row.requested,
    failures: row.failures,
    failureCode: row.failure_code,
    failure: row.failure,
  }
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / 1_000))
}
