import type { FindingKind, FindingSide } from '@droplock/rules/reconciliation/finding'
import type { RunStep } from '@droplock/rules/reconciliation/run-steps'
import { Refusal } from '@droplock/rules/refusals'
import { type Selectable, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import type { ReconciliationItemTable } from '../database/tables.gen.ts'
import { type StaffRef, toStaffRef } from '../staff/read.ts'
import { differenceOf, type ProviderBalance } from './provider.ts'

export type ItemAmount = { readonly amountMinor: bigint; readonly currency: string }

/** A mismatch, open or closed. */
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
  /** Since it was first seen, until it was closed or now. */
  readonly ageSeconds: number
  readonly closedAt: Date | null
  /** Null on a closed item: a run no longer found it. */
  readonly closedBy: StaffRef | null
  readonly note: string | null
}

type Row = Selectable<ReconciliationItemTable> & {
  readonly closer_name: string | null
  readonly age_seconds: number
}

function toItem(row: Row): ReconciliationItem {
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

/** One item, open or closed. Throws Refusal: forbidden, reconciliation_item_not_found. */
export async function getReconciliationItem(ctx: StaffContext, id: string): Promise<ReconciliationItem> {
  requirePermission(ctx, 'console:read')
  const row = await selectItems(ctx).where('reconciliation_item.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('reconciliation_item_not_found', 'No such item.', { id })
  return toItem(row)
}

type ListItems = Paging & {
  readonly sort: Sorting<'firstSeenAt' | 'lastSeenAt'>
  readonly side?: FindingSide
  readonly kind?: FindingKind
  /** Left out: both. */
  readonly isOpen?: boolean
}

const columns = { firstSeenAt: 'first_seen_at', lastSeenAt: 'last_seen_at' } as const

/** The mismatches, for finance. Throws Refusal('forbidden'). */
export async function listReconciliationItems(
  ctx: StaffContext,
  { side, kind, isOpen, sort, ...page }: ListItems,
): Promise<Listed<ReconciliationItem>> {
  requirePermission(ctx, 'console:read')
  let items = selectItems(ctx)
  if (side !== undefined) items = items.where('side', '=', side)
  if (kind !== undefined) items = items.where('kind', '=', kind)
  if (isOpen !== undefined) items = items.where('closed_at', isOpen ? 'is' : 'is not', null)
  const sorted = items.orderBy(columns[sort.field], sort.order).orderBy('reconciliation_item.id', sort.order)
  return readListed(ctx.db, sorted, page, toItem)
}

/** Items with their age and who closed them. */
function selectItems(ctx: StaffContext) {
  return ctx.db
    .selectFrom('reconciliation_item')
    .leftJoin('staff_account as closer', 'closer.id', 'reconciliation_item.closed_by')
    .selectAll('reconciliation_item')
    .select([
      'closer.name as closer_name',
      sql<number>`extract(epoch from coalesce(closed_at, clock_timestamp()) - first_seen_at)::integer`.as(
        'age_seconds',
      ),
    ])
}

type ReconciliationRun = {
  readonly id: string
  readonly cause: 'daily' | 'command' | 'request'
  readonly startedAt: Date
  /** Null: still running. */
  readonly finishedAt: Date | null
  /** What could not be read, and why. */
  readonly failure: string | null
  readonly provider: string | null
  readonly providerFrom: Date | null
  readonly providerTo: Date | null
  readonly movements: number
  readonly entries: number
  readonly findings: number
  readonly unmatched: number
  /** What it does now; null once it has ended, and before it has begun to read. */
  readonly step: RunStep | null
  /** What the provider held in the end, by its movements and by our ledger; none where it could not be read. */
  readonly balances: readonly ReconciledBalance[]
}

/** Minor units. `differenceMinor` is what no pending movement explains. */
export type ReconciledBalance = ProviderBalance & { readonly differenceMinor: bigint }

/** The runs, newest first. Throws Refusal('forbidden'). */
export async function listReconciliationRuns(
  ctx: StaffContext,
  page: Paging,
): Promise<Listed<ReconciliationRun>> {
  requirePermission(ctx, 'console:read')
  const runs = ctx.db
    .selectFrom('reconciliation_run')
    .selectAll()
    .select(
      sql<
        readonly BalanceRow[]
      >`(select coalesce(json_agg(json_build_object('currency', currency, 'held', held_minor::text,
        'clearing', clearing_minor::text, 'pending', pending_minor::text) order by currency), '[]')
        from reconciliation_balance where run_id = reconciliation_run.id)`.as('balances'),
    )
    .orderBy('id', 'desc')
  return readListed(ctx.db, runs, page, (row) => ({
    id: row.id,
    cause: row.cause,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    failure: row.failure,
    provider: row.provider,
    providerFrom: row.provider_from,
    providerTo: row.provider_to,
    movements: row.movements,
    entries: row.entries,
    findings: row.findings,
    unmatched: row.unmatched,
    step: row.step,
    balances: row.balances.map(toBalance),
  }))
}

type BalanceRow = {
  readonly currency: string
  readonly held: string
  readonly clearing: string
  readonly pending: string
}

function toBalance({ currency, held, clearing, pending }: BalanceRow): ReconciledBalance {
  const balance = {
    currency,
    heldMinor: BigInt(held),
    clearingMinor: BigInt(clearing),
    pendingMinor: BigInt(pending),
  }
  return { ...balance, differenceMinor: differenceOf(balance) }
}
