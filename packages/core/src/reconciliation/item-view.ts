import type { FindingKind, FindingSide } from '@droplock/rules/reconciliation/finding'
import type { Selectable } from 'kysely'
import type { ReconciliationItemTable } from '../database/tables.gen.ts'
import { type StaffRef, toStaffRef } from '../staff/ref-view.ts'

export type ItemAmount = { readonly amountMinor: bigint; readonly currency: string }

/** Something that does not agree, or did not. */
export type ReconciliationItem = {
  readonly id: string
  readonly side: FindingSide
  readonly source: string
  readonly kind: FindingKind
  readonly subject: string
  readonly ourType: string | null
  readonly ourId: string | null
  readonly theirIds: readonly string[]
  readonly ours: ItemAmount | null
  readonly theirs: ItemAmount | null
  readonly detail: string
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  /** From when it was first seen to when it was closed, or to now. */
  readonly ageSeconds: number
  readonly closedAt: Date | null
  /** Absent on a closed item: a run no longer found it. */
  readonly closedBy: StaffRef | null
  readonly note: string | null
}

type Row = Selectable<ReconciliationItemTable> & {
  readonly closer_name: string | null
  readonly age_seconds: number
}

export function toItem(row: Row): ReconciliationItem {
  return {
    id: row.id,
    side: row.side,
    source: row.source,
    kind: row.kind,
    subject: row.subject,
    ourType: row.our_type,
    ourId: row.our_id,
    theirIds: row.their_ids,
    ours: amountOf(row.ours_minor, row.ours_currency),
    theirs: amountOf(row.theirs_minor, row.theirs_currency),
    detail: row.detail,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    ageSeconds: row.age_seconds,
    closedAt: row.closed_at,
    closedBy: toStaffRef(row.closed_by, row.closer_name),
    note: row.note,
  }
}

function amountOf(amountMinor: bigint | null, currency: string | null): ItemAmount | null {
  return amountMinor === null || currency === null ? null : { amountMinor, currency }
}
