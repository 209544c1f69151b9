import type { AuditAction, AuditSubject } from '@droplock/rules/audit/actions'
import type { StaffContext } from '../context.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
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

export type ListAudit = Paging & {
  readonly sort?: Sorting<'seq'>
  readonly action?: AuditAction
  readonly actorId?: string
  readonly subjectType?: AuditSubject
  readonly subjectId?: string
  readonly from?: Date
  readonly to?: Date
}

/** Audit entries, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listAudit(ctx: StaffContext, query: ListAudit): Promise<Listed<AuditView>> {
  throw new Error(`not built yet ${String(ctx)} ${query.limit}`)
}
