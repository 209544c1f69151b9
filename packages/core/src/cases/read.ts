import type { OutcomeBasis } from '@droplock/rules/drop/outcome'
import { type BackorderState, backorderMachine, type FailureReason } from '@droplock/rules/machines/backorder'
import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import { isTerminal } from '@droplock/rules/machines/machine'
import { refundableMinor } from '@droplock/rules/refunds/manual'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { contactsOfOrder, type OrderContact } from '../account-contacts/shown.ts'
import { countAttempts, newestFirst, type RemovedAttempts, selectTarget } from '../backorders/attempts.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { readOn } from '../database/list-cursor.ts'
import { type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import { nameContains, overlaps } from '../listings/filters.ts'
import { refundedMinor } from '../refunds/read.ts'
import { readTimeline } from './timeline.ts'
import { type AttemptEntry, attemptEntry, type TimelineEntry } from './timeline-view.ts'
import { type CaseView, selectCases, toCaseView, withColumns } from './view.ts'

export type Case = CaseView & {
  /** Null where it has none: its name is registered to the operator's. */
  readonly contacts: readonly OrderContact[] | null
  readonly target: TargetView | null
  /** The payment that secured it. */
  readonly paymentId: string | null
  /** Captured by the payment that secured it, minor units. */
  readonly capturedMinor: bigint
  /** What a person may still refund, minor units; 0 while undecided. */
  readonly refundableMinor: bigint
  /** In time order, with the newest EPP attempts; `attemptsTotal` is how many there were, kept or removed. */
  readonly timeline: readonly TimelineEntry[]
  readonly attemptsTotal: number
  readonly attemptsRemoved: RemovedAttempts | null
}

type TargetView = {
  readonly id: string
  readonly state: CatchTargetState
  readonly registryId: string
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly graceUntil: Date
  readonly decidedCode: number | null
  readonly decidedBasis: OutcomeBasis | null
  readonly holderClid: string | null
  /** Of a lost name: since when that registrar has it, and by how much it was lost. */
  readonly winnerCreatedAt: Date | null
  readonly lostBy: { readonly minMs: number; readonly maxMs: number } | null
  /** Creates that were sent, and those that could not register the name; null while it is undecided. */
  readonly creates: number | null
  readonly wastedCreates: number | null
  readonly priorClid: string | null
  readonly priorCrDate: Date | null
  /** Our account whose answer decided it. */
  readonly decidedBy: string | null
  /** Of a lost name: our creates around the winner's registration. */
  readonly lastBefore: NearCreate | null
  readonly firstAfter: NearCreate | null
}

/** A create, and how far it was sent from the winner's registration. */
type NearCreate = {
  readonly at: Date
  readonly registryAccountId: string
  readonly code: number | null
  readonly ms: number
}

/** One backorder with all that happened to it. Throws Refusal: forbidden, backorder_not_found. */
export async function getCase(ctx: StaffContext, id: string): Promise<Case> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectCases(ctx))
    .select(contactsOfOrder('backorder', sql.ref('listing.zone')).as('contacts'))
    .where('backorder.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
  const view = toCaseView(row)
  const target = await readTarget(ctx, id)
  const history = await readTimeline(ctx.db, view, target?.id)
  return { ...view, contacts: row.contacts, target, ...(await readMoney(ctx, view)), ...history }
}

async function readTarget(ctx: StaffContext, backorderId: string): Promise<TargetView | null> {
  const target = await ctx.db
    .selectFrom('catch_target')
    .selectAll()
    .where('backorder_id', '=', backorderId)
    .executeTakeFirst()
  if (target === undefined) return null
  return {
    id: target.id,
    state: target.state,
    registryId: target.registry_id,
    dropFrom: target.drop_from,
    dropTo: target.drop_to,
    graceUntil: target.grace_until,
    decidedCode: target.decided_code,
    decidedBasis: target.decided_basis,
    holderClid: target.holder_clid,
    winnerCreatedAt: target.winner_created_at,
    lostBy:
      target.lost_by_min_ms === null || target.lost_by_max_ms === null
        ? null
        : { minMs: target.lost_by_min_ms, maxMs: target.lost_by_max_ms },
    creates: target.creates,
    wastedCreates: target.wasted_creates,
    priorClid: target.prior_clid,
    priorCrDate: target.prior_cr_date,
    decidedBy: target.decided_by,
    ...(await readNearCreates(ctx, target.id, target.winner_created_at)),
  }
}

/** The last create that was sent before the winner's registration, and the first after it. */
async function readNearCreates(ctx: StaffContext, targetId: string, winnerAt: Date | null) {
  if (winnerAt === null) return { lastBefore: null, firstAfter: null }
  const creates = ctx.db
    .selectFrom('catch_attempt')
    .select(['sent_at', 'registry_account_id', 'code'])
    .where('target_id', '=', targetId)
    .where('command', '=', 'create')
    .limit(1)
  const before = creates.where('sent_at', '<', winnerAt).orderBy('sent_at', 'desc')
  const after = creates.where('sent_at', '>=', winnerAt).orderBy('sent_at')
  const near = (row: Awaited<ReturnType<typeof after.executeTakeFirst>>): NearCreate | null =>
    row === undefined
      ? null
      : {
          at: row.sent_at,
          registryAccountId: row.registry_account_id,
          code: row.code,
          ms: Math.abs(row.sent_at.getTime() - winnerAt.getTime()),
        }
  return {
    lastBefore: near(await before.executeTakeFirst()),
    firstAfter: near(await after.executeTakeFirst()),
  }
}

async function readMoney(ctx: StaffContext, { id, state }: CaseView) {
  const payment = await ctx.db
    .selectFrom('payment')
    .select(['id', 'state', 'purpose', 'captured_minor'])
    .where('backorder_id', '=', id)
    .where('secures', '=', true)
    .executeTakeFirst()
  if (payment === undefined) return { paymentId: null, capturedMinor: 0n, refundableMinor: 0n }
  const facts = {
    purpose: payment.purpose,
    paymentState: payment.state,
    secures: true,
    backorderState: state,
    capturedMinor: payment.captured_minor,
    refundedMinor: await refundedMinor(ctx.db, payment.id),
  }
  return {
    paymentId: payment.id,
    capturedMinor: facts.capturedMinor,
    refundableMinor: refundableMinor(facts),
  }
}

type ListCases = Paging & {
  readonly sort?: Sorting<'createdAt'>
  /** See `nameContains`. */
  readonly q?: string
  readonly state?: BackorderState
  readonly failureReason?: FailureReason
  readonly accountId?: string
  readonly zone?: string
  /** Windows that overlap [from, to]. */
  readonly from?: Date
  readonly to?: Date
}

/**
 * Backorders of all customers, newest first unless asked otherwise: by their ids, which are in the order of their creation (UUIDv7). No
 * other order has an index: each would cost every order a further entry. Throws Refusal('forbidden').
 */
export async function listCases(ctx: StaffContext, query: ListCases): Promise<Listed<CaseView>> {
  requirePermission(ctx, 'console:read')
  const sort = query.sort ?? { field: 'createdAt', order: 'desc' }
  const sorted = withColumns(filtered(ctx, query)).orderBy('backorder.id', sort.order)
  return readListed(ctx.db, sorted, query, toCaseView, { key: 'backorder.id', countsInOrder: true })
}

function filtered(ctx: StaffContext, query: ListCases) {
  let matching = selectCases(ctx)
  if (query.q !== undefined) matching = matching.where(nameContains(query.q))
  if (query.state !== undefined) matching = matching.where(isInState(query.state))
  if (query.failureReason !== undefined) {
    matching = matching.where('backorder.failure_reason', '=', query.failureReason)
  }
  if (query.accountId !== undefined) matching = matching.where('backorder.account_id', '=', query.accountId)
  if (query.zone !== undefined) matching = matching.where('listing.zone', '=', query.zone)
  for (const condition of overlaps(query)) matching = matching.where(condition)
  return matching
}

/** Decided ones have an index of their own; of the others there are few, or the newest. */
function isInState(state: BackorderState): RawBuilder<SqlBool> {
  const isState = sql<SqlBool>`backorder.state = ${sql.lit(state)}`
  return isTerminal(backorderMachine, state)
    ? sql<SqlBool>`(${isState} and backorder.decided_at is not null)`
    : isState
}

/** The attempts for any backorder, newest first. Throws Refusal: forbidden, backorder_not_found. */
export async function listAttemptsOfCase(
  ctx: StaffContext,
  { backorderId, offset, limit }: Paging & { readonly backorderId: string },
): Promise<Listed<AttemptEntry>> {
  requirePermission(ctx, 'console:read')
  const row = await selectTarget(ctx.db, backorderId).executeTakeFirst()
  if (row === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id: backorderId })
  if (row.id === null) return { items: [], total: 0 }
  const newest = newestFirst(ctx.db, row.id)
  const toEntry = (attempt: Parameters<typeof attemptEntry>[0]) => attemptEntry(attempt, row.deciding_cltrid)
  const following = await readOn(ctx.db, newest, limit)
  if (following !== undefined) return { items: following.map(toEntry), total: following.length }
  return {
    items: (await newest.limit(limit).offset(offset).execute()).map(toEntry),
    total: await countAttempts(ctx.db, row.id),
  }
}
