import type { Schedule } from '@droplock/rules/listings'
import type { BackorderState } from '@droplock/rules/machines/backorder'
import type { PaymentState } from '@droplock/rules/machines/payment'
import type { RefundCause, RefundState } from '@droplock/rules/machines/refund'
import type { RefundReason } from '@droplock/rules/refunds/manual'
import type { Selectable } from 'kysely'
import type {
  CatchAttemptTable,
  CatchTargetTable,
  PaymentTable,
  RefundTable,
  SyncChangeTable,
} from '../database/tables.gen.ts'
import { type OverrideView, scheduleOrNull } from '../schedule/read.ts'
import type { WithdrawalEvidence } from '../withdrawal-evidence.ts'
import type { RelatedEntry } from './related.ts'
import type { CaseView } from './view.ts'

type Money = { readonly amountMinor: bigint; readonly currency: string }

type Ordered = {
  readonly kind: 'ordered'
  readonly accountName: string
  readonly priceMinor: bigint
  readonly currency: string
}

type Paid = {
  readonly kind: 'payment'
  readonly id: string
  readonly method: string
  readonly state: PaymentState
} & Money

/** `kept_by_override`: the list stated another schedule, but the operator's override stayed in force. */
type MovedByList = {
  readonly kind: 'moved_by_list' | 'kept_by_override' | 'suspected'
  readonly runId: string
  readonly source: string
  readonly before: Schedule | null
  readonly after: Schedule | null
}

type Overridden = {
  readonly kind: 'override_applied' | 'override_undone'
  readonly overrideId: string
  readonly by: string
  readonly reason: string
  readonly before: Schedule
  readonly after: Schedule
}

/** The listing was withdrawn before its drop, by what the registry showed or by operators. */
type Withdrawn = Pick<WithdrawalEvidence, 'means' | 'code' | 'finding'> & { readonly kind: 'withdrawn' }

/** `armed` is the last arming; `prepared` is what the registry said of the old registration. */
type Target =
  | { readonly kind: 'armed'; readonly dropFrom: Date; readonly dropTo: Date; readonly graceUntil: Date }
  | { readonly kind: 'prepared'; readonly priorClid: string | null; readonly priorCrDate: Date | null }

type Attempt = {
  readonly kind: 'attempt'
  readonly clTRID: string
  readonly svTRID: string | null
  readonly registryAccountId: string
  readonly command: string
  readonly outcome: string
  readonly code: number | null
  readonly message: string | null
  /** First octet sent to last octet received. */
  readonly roundTripMs: number | null
  /** Its answer decided the outcome. */
  readonly decided: boolean
}

type Decided = {
  readonly kind: 'decided'
  readonly state: BackorderState
  readonly reason: string | null
  readonly code: number | null
  readonly holderClid: string | null
  readonly settledAt: Date | null
}

/** An automatic refund is created and decided at once, without a person. */
type Refunded = {
  readonly kind: 'refund_created' | 'refund_decided'
  readonly id: string
  readonly cause: RefundCause
  readonly state: RefundState
  readonly reasonCode: RefundReason | null
  readonly by: string | null
  readonly note: string | null
} & Money

/** One thing that happened to a backorder; `at` has milliseconds. */
export type TimelineEntry = { readonly at: Date } & (
  | Ordered
  | Paid
  | MovedByList
  | Overridden
  | Target
  | Attempt
  | Withdrawn
  | Decided
  | Refunded
  | RelatedEntry
)

export function orderedEntry(view: CaseView): TimelineEntry {
  const { accountName, priceMinor, currency } = view
  return { at: view.createdAt, kind: 'ordered', accountName, priceMinor, currency }
}

export function paymentEntry(row: Selectable<PaymentTable>): TimelineEntry {
  const { id, method, state, currency } = row
  return { at: row.created_at, kind: 'payment', id, method, state, amountMinor: row.amount_minor, currency }
}

const listKinds = {
  moved: 'moved_by_list',
  overridden: 'kept_by_override',
  suspected: 'suspected',
} as const

/** Only the three kinds that concern a live listing are read. */
export function syncEntry(
  row: Selectable<SyncChangeTable> & { readonly source: string; readonly published_at: Date | null },
): TimelineEntry {
  const kind = row.kind === 'moved' || row.kind === 'overridden' ? listKinds[row.kind] : listKinds.suspected
  return {
    at: row.published_at ?? new Date(0),
    kind,
    runId: row.run_id,
    source: row.source,
    before: scheduleOrNull(row.cutoff_before, row.drop_from_before, row.drop_to_before),
    after: scheduleOrNull(row.cutoff_after, row.drop_from_after, row.drop_to_after),
  }
}

export function overrideEntries(override: OverrideView): readonly TimelineEntry[] {
  const { id: overrideId, before, after, reason, undoneAt, undoneBy, undoReason, returnedTo } = override
  const applied: TimelineEntry = {
    at: override.appliedAt,
    kind: 'override_applied',
    overrideId,
    by: override.appliedBy,
    reason,
    before,
    after,
  }
  if (undoneAt === null || undoneBy === null || undoReason === null || returnedTo === null) return [applied]
  const undone = { overrideId, by: undoneBy, reason: undoReason, before: after, after: returnedTo }
  return [applied, { at: undoneAt, kind: 'override_undone', ...undone }]
}

export function targetEntries(target: Selectable<CatchTargetTable>): readonly TimelineEntry[] {
  const { drop_from: dropFrom, drop_to: dropTo, grace_until: graceUntil } = target
  const armed: TimelineEntry = { at: target.armed_at, kind: 'armed', dropFrom, dropTo, graceUntil }
  if (target.prepared_at === null) return [armed]
  const { prior_clid: priorClid, prior_cr_date: priorCrDate } = target
  return [armed, { at: target.prepared_at, kind: 'prepared', priorClid, priorCrDate }]
}

export type AttemptEntry = Extract<TimelineEntry, { readonly kind: 'attempt' }>

export function attemptEntry(
  row: Selectable<CatchAttemptTable>,
  decidingClTRID: string | null,
): AttemptEntry {
  return {
    at: row.sent_at,
    kind: 'attempt',
    clTRID: row.cltrid,
    svTRID: row.svtrid,
    registryAccountId: row.registry_account_id,
    command: row.command,
    outcome: row.outcome,
    code: row.code,
    message: row.message,
    roundTripMs: row.round_trip_us === null ? null : row.round_trip_us / 1_000,
    decided: row.cltrid === decidingClTRID,
  }
}

export function decidedEntries(
  view: CaseView,
  target: Selectable<CatchTargetTable> | undefined,
): readonly TimelineEntry[] {
  if (view.decidedAt === null) return []
  return [
    {
      at: view.decidedAt,
      kind: 'decided',
      state: view.state,
      reason: view.failureReason ?? view.expiredReason,
      code: target?.decided_code ?? null,
      holderClid: target?.holder_clid ?? null,
      settledAt: view.settledAt,
    },
  ]
}

export function refundEntries(
  row: Selectable<RefundTable> & {
    readonly proposer_name: string | null
    readonly decider_name: string | null
  },
): readonly TimelineEntry[] {
  const money = { amountMinor: row.amount_minor, currency: row.currency }
  const common = { id: row.id, cause: row.cause, reasonCode: row.reason_code, ...money }
  const isAutomatic = row.cause !== 'manual'
  const created: TimelineEntry = {
    at: row.created_at,
    kind: 'refund_created',
    ...common,
    state: isAutomatic ? 'approved' : 'proposed',
    by: row.proposer_name,
    note: row.note,
  }
  if (row.decided_at === null) return [created]
  const decided = { state: row.state, by: row.decider_name, note: row.decision_note }
  return [created, { at: row.decided_at, kind: 'refund_decided', ...common, ...decided }]
}
