import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed } from '../database/page.ts'
import { searchedAs } from '../name-as-written.ts'

export type BlockedName = {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly reason: string
  readonly blockedBy: string
  readonly blockedAt: Date
  readonly untilAt: Date | null
  readonly inForce: boolean
  readonly endedAt: Date | null
  readonly endedBy: string | null
  readonly endReason: string | null
}

type ListBlockedNames = Paging & {
  /** A part of the name; see `searchedAs`. */
  readonly q?: string
  readonly zone?: string
  /** Blocked in [from, to). */
  readonly from?: Date
  readonly to?: Date
  /** Left out: both. */
  readonly inForce?: boolean
}

const inForce = sql<boolean>`(ended_at is null and (until_at is null or until_at > statement_timestamp()))`

/** Blocked names, the newest first, with those that ended. Throws Refusal('forbidden'). */
export async function listBlockedNames(
  ctx: OperatorContext,
  query: ListBlockedNames,
): Promise<Listed<BlockedName>> {
  requirePermission(ctx, 'console:read')
  let matching = selectBlocked(ctx)
  if (query.q !== undefined) matching = matching.where('name', 'like', `%${escapeLike(searchedAs(query.q))}%`)
  if (query.zone !== undefined) matching = matching.where('zone', '=', query.zone)
  if (query.from !== undefined) matching = matching.where('blocked_at', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('blocked_at', '<', query.to)
  if (query.inForce !== undefined) matching = matching.where(inForce, '=', query.inForce)
  return readListed(
    ctx.db,
    matching.orderBy('blocked_at', 'desc').orderBy('id', 'desc'),
    query,
    toBlockedName,
  )
}

/** One block. Throws Refusal: forbidden, block_not_found. */
export async function getBlockedName(ctx: OperatorContext, id: string): Promise<BlockedName> {
  requirePermission(ctx, 'console:read')
  const row = await selectBlocked(ctx).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('block_not_found', 'No such block.', { id })
  return toBlockedName(row)
}

/** The id of the block of a name that is in force. Throws Refusal: forbidden, block_not_found. */
export async function findBlock(ctx: OperatorContext, name: string): Promise<string> {
  requirePermission(ctx, 'console:read')
  const row = await selectBlocked(ctx).where('name', '=', name).where(inForce, '=', true).executeTakeFirst()
  if (row === undefined) throw new Refusal('block_not_found', 'This name is not blocked.', { name })
  return row.id
}

function selectBlocked({ db }: OperatorContext) {
  return db.selectFrom('blocked_name').selectAll().select(inForce.as('in_force'))
}

type Row = Awaited<ReturnType<ReturnType<typeof selectBlocked>['execute']>>[number]

function toBlockedName(row: Row): BlockedName {
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    reason: row.reason,
    blockedBy: row.blocked_by,
    blockedAt: row.blocked_at,
    untilAt: row.until_at,
    inForce: row.in_force,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    endReason: row.end_reason,
  }
}
