import type { Kysely } from 'kysely'
import { countAttempts, newestFirst, type RemovedAttempts, readRemoved } from '../backorders/attempts.ts'
import type { Database } from '../database/tables.gen.ts'
import { listOverrides } from '../schedule/read.ts'
import { findWithdrawalEvidence } from '../withdrawal-evidence.ts'
import { readRelated } from './related.ts'
import {
  attemptEntry,
  decidedEntries,
  orderedEntry,
  overrideEntries,
  paymentEntry,
  refundEntries,
  syncEntry,
  type TimelineEntry,
  targetEntries,
} from './timeline-view.ts'
import type { CaseView } from './view.ts'

/** Attempts shown, the newest: the deciding one is mostly among them. */
const ATTEMPTS_SHOWN_MAX = 1_000

type Timeline = {
  readonly timeline: readonly TimelineEntry[]
  readonly attemptsTotal: number
  readonly attemptsRemoved: RemovedAttempts | null
}

/** All that happened to a backorder, in time order; at the same instant in the order of cause. */
export async function readTimeline(
  db: Kysely<Database>,
  view: CaseView,
  targetId: string | undefined,
): Promise<Timeline> {
  const payments = await db.selectFrom('payment').selectAll().where('backorder_id', '=', view.id).execute()
  const moves = await readListMoves(db, view)
  const overrides = await listOverrides(db, view.listingId)
  const target = await readTarget(db, targetId)
  const { attempts, ...counts } = await readShownAttempts(db, target)
  const refunds = await readRefunds(db, view.id)
  const withdrawal = await findWithdrawalEvidence(db, view.listingId)
  const entries = [
    orderedEntry(view),
    ...payments.map(paymentEntry),
    ...moves.map(syncEntry),
    ...overrides.flatMap(overrideEntries),
    ...(target === undefined ? [] : targetEntries(target)),
    ...attempts.map((attempt) => attemptEntry(attempt, target?.deciding_cltrid ?? null)),
    ...(withdrawal === undefined ? [] : [{ kind: 'withdrawn', ...withdrawal } as const]),
    ...decidedEntries(view, target),
    ...refunds.flatMap(refundEntries),
    ...(await readRelated(db, { backorderId: view.id, listingId: view.listingId, targetId })),
  ]
  // toSorted is stable.
  return { timeline: entries.toSorted((a, b) => a.at.getTime() - b.at.getTime()), ...counts }
}

/** What lists changed about the listing in its whole cycle, also before this order. */
async function readListMoves(db: Kysely<Database>, view: CaseView) {
  return db
    .selectFrom('sync_change')
    .innerJoin('sync_run', 'sync_run.id', 'sync_change.run_id')
    .selectAll('sync_change')
    .select(['sync_run.source', 'sync_run.published_at'])
    .where('listing_id', '=', view.listingId)
    .where('kind', 'in', ['moved', 'overridden', 'suspected'])
    .orderBy('published_at')
    .execute()
}

type Target = NonNullable<Awaited<ReturnType<typeof readTarget>>>

async function readTarget(db: Kysely<Database>, targetId: string | undefined) {
  if (targetId === undefined) return undefined
  return db.selectFrom('catch_target').selectAll().where('id', '=', targetId).executeTakeFirst()
}

/** The newest attempts, and the deciding one if it is not among them. */
async function readShownAttempts(db: Kysely<Database>, target: Target | undefined) {
  if (target === undefined) return { attempts: [], attemptsTotal: 0, attemptsRemoved: null }
  const newest = await newestFirst(db, target.id).limit(ATTEMPTS_SHOWN_MAX).execute()
  const isShown = newest.some((attempt) => attempt.cltrid === target.deciding_cltrid)
  const deciding = isShown
    ? []
    : await newestFirst(db, target.id).where('cltrid', '=', target.deciding_cltrid).execute()
  const attemptsRemoved = await readRemoved(db, target.id)
  return {
    attempts: [...newest, ...deciding].toReversed(),
    attemptsTotal: (await countAttempts(db, target.id)) + (attemptsRemoved?.count ?? 0),
    attemptsRemoved,
  }
}

async function readRefunds(db: Kysely<Database>, backorderId: string) {
  return db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .leftJoin('staff_account as proposer', 'proposer.id', 'refund.proposed_by')
    .leftJoin('staff_account as decider', 'decider.id', 'refund.decided_by')
    .selectAll('refund')
    .select(['proposer.name as proposer_name', 'decider.name as decider_name'])
    .where('payment.backorder_id', '=', backorderId)
    .orderBy('refund.created_at')
    .orderBy('refund.id')
    .execute()
}
