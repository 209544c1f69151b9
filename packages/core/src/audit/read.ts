import type { AuditAction, AuditSubject } from '@droplock/rules/audit-actions'
import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import type { JsonValue } from '../database/tables.gen.ts'

export type AuditView = {
  readonly seq: number
  readonly at: Date
  readonly actorKind: 'staff' | 'system'
  readonly actorId: string | null
  readonly actorName: string
  readonly action: AuditAction
  readonly subjectType: AuditSubject
  readonly subjectId: string
  readonly reason: string | null
  readonly before: JsonValue
  readonly after: JsonValue
  /** Lower-case hex. */
  readonly hash: string
  readonly prevHash: string | null
}

type ListAudit = Paging & {
  readonly sort?: Sorting<'seq'>
  readonly action?: AuditAction
  readonly actorId?: string
  readonly subjectType?: AuditSubject
  readonly subjectId?: string
  /** A whole domain name, or another name that an entry has. */
  readonly name?: string
  readonly from?: Date
  readonly to?: Date
}

/** Audit entries, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listAudit(ctx: StaffContext, query: ListAudit): Promise<Listed<AuditView>> {
  requirePermission(ctx, 'audit:read')
  const sorted = filtered(ctx, query)
    .selectAll()
    .orderBy('seq', query.sort?.order ?? 'desc')
  return readListed(ctx.db, sorted, query, toView)
}

/** As `audit_by_name` has it. */
const nameOf = sql<string | null>`coalesce(after ->> 'name', before ->> 'name')`

function filtered(ctx: StaffContext, query: ListAudit) {
  let matching = ctx.db.selectFrom('audit_entry')
  if (query.action !== undefined) matching = matching.where('action', '=', query.action)
  if (query.actorId !== undefined) matching = matching.where('actor_id', '=', query.actorId)
  if (query.subjectType !== undefined) matching = matching.where('subject_type', '=', query.subjectType)
  if (query.subjectId !== undefined) matching = matching.where('subject_id', '=', query.subjectId)
  if (query.name !== undefined) matching = matching.where(nameOf, '=', query.name.toLowerCase())
  if (query.from !== undefined) matching = matching.where('at', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('at', '<=', query.to)
  return matching
}

type Row = Awaited<ReturnType<ReturnType<typeof allColumns>['execute']>>[number]

function allColumns(ctx: StaffContext) {
  return filtered(ctx, { offset: 0, limit: 0 }).selectAll()
}

function toView(row: Row): AuditView {
  return {
    seq: Number(row.seq),
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    // Only `recordAudit` writes entries, with these words.
    action: row.action as AuditAction,
    subjectType: row.subject_type as AuditSubject,
    subjectId: row.subject_id,
    reason: row.reason,
    before: row.before,
    after: row.after,
    hash: row.hash.toString('hex'),
    prevHash: row.prev_hash?.toString('hex') ?? null,
  }
}
