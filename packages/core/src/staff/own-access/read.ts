import { type Kysely, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../../context.ts'
import { type Listed, type Paging, readListed } from '../../database/page.ts'
import type { Database } from '../../database/tables.gen.ts'

export type SessionView = {
  readonly id: string
  readonly userAgent: string
  readonly source: string
  readonly createdAt: Date
  readonly seenAt: Date
  readonly expiresAt: Date
  readonly secondFactor: boolean
  readonly isCurrent: boolean
}

/** The caller's open sessions, last used first. Throws Refusal('forbidden'). */
export async function listOwnSessions(ctx: StaffContext, query: Paging): Promise<Listed<SessionView>> {
  requirePermission(ctx, 'console:read')
  return readSessions(ctx.db, ctx.actor.staffId, ctx.actor.sessionId, query)
}

/** The open sessions of a person. */
export function readSessions(
  db: Kysely<Database>,
  staffId: string,
  currentId: string | undefined,
  query: Paging,
): Promise<Listed<SessionView>> {
  const open = db
    .selectFrom('staff_session')
    .select([
      'id',
      'user_agent',
      'source',
      'created_at',
      'seen_at',
      'idle_expires_at',
      'expires_at',
      'second_factor',
    ])
    .where('staff_id', '=', staffId)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '>', sql<Date>`clock_timestamp()`)
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
  return readListed(db, open, query, (row) => ({
    id: row.id,
    userAgent: row.user_agent,
    source: row.source,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    secondFactor: row.second_factor,
    isCurrent: row.id === currentId,
  }))
}

export type DeviceView = {
  readonly id: string
  readonly userAgent: string
  readonly createdAt: Date
  readonly usedAt: Date
  readonly expiresAt: Date
}

/** The caller's known devices, last used first. Throws Refusal('forbidden'). */
export async function listOwnDevices(ctx: StaffContext, query: Paging): Promise<Listed<DeviceView>> {
  requirePermission(ctx, 'console:read')
  const { db, actor } = ctx
  const known = db
    .selectFrom('staff_device')
    .select(['id', 'user_agent', 'created_at', 'used_at', 'expires_at'])
    .where('staff_id', '=', actor.staffId)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .orderBy('used_at', 'desc')
    .orderBy('id', 'desc')
  return readListed(db, known, query, (row) => ({
    id: row.id,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    usedAt: row.used_at,
    expiresAt: row.expires_at,
  }))
}
