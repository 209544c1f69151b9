import { type OutcomeRow, type OutcomeSnapshot, outcomeTable } from '@droplock/rules/drop/outcome'
import { catchTargetMachine } from '@droplock/rules/machines/catch-target'
import { listingMachine } from '@droplock/rules/machines/listing'
import { isTerminal, next } from '@droplock/rules/machines/machine'
import { type CreateFacts, noCreates } from '@droplock/rules/statistics'
import { sql, type Transaction } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import { type LockedTarget, lockBackorders, lockListings, lockTargets } from '../batch-locks.ts'
import type { Context } from '../context.ts'
import { sendTogether } from '../database/send-together.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction, type TransactionOptions } from '../database/transaction.ts'
import { type Lease, requireLease } from '../leases.ts'
import type { LockedBackorder, LockedListing } from '../locks.ts'
import { recordDrops } from '../observed/record-drop.ts'
import { recordRegistrations } from '../registrations/record.ts'
import { countDecided } from '../statistics/count.ts'
import { concludeOverAccounts } from './conclude.ts'
import { failBackorders, succeedBackorders } from './end-orders.ts'
import { readCreates } from './read-creates.ts'
import { recordAttempts } from './record.ts'
import { outlastsMove, resumeDrop } from './resume-drop.ts'
import type { TargetOutcome } from './target-outcome.ts'

/** The alarms of a target whose outcome is missing or could not be recorded. */
const alarmsWhileUndecided = ['settlement_stuck', 'target_undecided'] as const

/**
 * Records the outcomes of targets in one transaction: targets, listings, backorders, money and events, by `outcomeTable`. All or none:
 * where one cannot be written, the caller writes the others without it. Each is done once: a repetition (a second catcher, a journal
 * replay) finds the target decided, and its place in the answer is false. So is that of what only the old window showed, where the
 * schedule has moved meanwhile; and of what one account found while another one of ours may hold the name, which is kept
 * (`concludeOverAccounts`). The number of statements depends on how many schedules moved meanwhile and on how many zones and days the
 * drops are of, but not on how many outcomes there are. Throws LeaseLost, and Refusal('try_again') where a lock was not obtained within
 * `lockMsMax`. Rules 7, 8, 9, 11, 29.
 */
export async function recordOutcomes(
  ctx: Context,
  outcomes: readonly TargetOutcome[],
  options: TransactionOptions = {},
): Promise<readonly boolean[]> {
  if (outcomes.length === 0) return []
  const record = async (tx: Transaction<Database>) => {
    const attempts = outcomes.flatMap((each) => each.attempts)
    const alarms = outcomes.flatMap(({ targetId }) =>
      alarmsWhileUndecided.map((kind) => ({ kind, subject: targetId })),
    )
    const [, found] = await sendTogether([
      requireLeases(tx, outcomes),
      lockFound(tx, outcomes),
      recordAttempts(tx, attempts),
      clearAlarms({ ...ctx, db: tx }, alarms),
    ])
    const ends = await endable(tx, found)
    await endAll(tx, ctx, ends)
    const decided = new Set(ends.map(({ place }) => place))
    return outcomes.map((_, place) => decided.has(place))
  }
  return inTransaction(ctx.db, record, options)
}

async function requireLeases(tx: Transaction<Database>, outcomes: readonly TargetOutcome[]): Promise<void> {
  await sendTogether(leasesOf(outcomes).map((lease) => requireLease(tx, lease)))
}

function leasesOf(outcomes: readonly TargetOutcome[]): readonly Lease[] {
  const leases = outcomes.flatMap(({ lease }) => lease ?? [])
  return [
    ...new Map(leases.map((lease) => [`${lease.accountId} ${lease.owner} ${lease.epoch}`, lease])).values(),
  ]
}

/** An outcome with its target and listing, locked. */
type Found = {
  /** Its place in the batch. */
  readonly place: number
  readonly outcome: TargetOutcome
  readonly target: LockedTarget
  readonly listing: LockedListing
}

async function lockFound(
  tx: Transaction<Database>,
  outcomes: readonly TargetOutcome[],
): Promise<readonly Found[]> {
  const [lockedListings, lockedTargets] = await sendTogether([
    lockListings(
      tx,
      outcomes.map(({ listingId }) => listingId),
    ),
    lockTargets(
      tx,
      outcomes.map(({ targetId }) => targetId),
    ),
  ])
  const [listings, targets] = [byId(lockedListings), byId(lockedTargets)]
  return outcomes.map((outcome, place) => {
    const target = targets.get(outcome.targetId)
    const listing = listings.get(outcome.listingId)
    if (target === undefined || target.listing_id !== listing?.id)
      throw new Error(`target ${outcome.targetId} is not of listing ${outcome.listingId}`)
    return { place, outcome, target, listing }
  })
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Those whose targets end now: not decided yet, each once, true whatever window the name has by now, and for all our accounts. Their
 * drops are under way.
 */
async function endable(tx: Transaction<Database>, found: readonly Found[]): Promise<readonly Found[]> {
  const open = new Map<string, Found>()
  for (const each of found) {
    const { outcome, target } = each
    if (open.has(target.id) || isTerminal(catchTargetMachine, target.state)) continue
    if (!isMoved(each) || outlastsMove(outcome)) open.set(target.id, each)
  }
  const ending = await concludeOverAccounts(
    tx,
    [...open.values()].map(({ outcome }) => outcome),
  )
  for (const [id, each] of open) {
    const outcome = ending.get(id)
    if (outcome === undefined) open.delete(id)
    else open.set(id, { ...each, outcome })
  }
  // A withdrawn name needs no drop to end.
  const stopped = [...open.values()].filter((each) => isMoved(each) && each.outcome.outcome !== 'withdrawn')
  if (stopped.length > 0) await lockOrdersOf(tx, stopped)
  for (const each of stopped) open.set(each.target.id, { ...each, ...(await resumeDrop(tx, each.target)) })
  return [...open.values()]
}

function lockOrdersOf(tx: Transaction<Database>, found: readonly Found[]) {
  return lockBackorders(
    tx,
    found.map(({ target }) => target.backorder_id),
  )
}

/** Whether its schedule moved, or its day was skipped, since the catcher began to work on it. */
function isMoved({ target, outcome: { arming } }: Found): boolean {
  return arming !== undefined && (arming !== target.arming || target.state === 'disarmed')
}

/** Ends targets and listings, then the orders with their money. */
async function endAll(tx: Transaction<Database>, ctx: Context, ends: readonly Found[]): Promise<void> {
  if (ends.length === 0) return
  const outcomes = ends.map(({ outcome }) => outcome)
  const [locked, shown, now] = await sendTogether([
    lockOrdersOf(tx, ends),
    readCreates(tx, outcomes),
    databaseTime(tx),
  ])
  const backorders = byId(locked)
  await sendTogether([
    endTargets(tx, ends, shown, now),
    endListings(tx, ends, now),
    recordDrops(tx, outcomes),
  ])
  const orders = ends.map(({ outcome, target }) => {
    const backorder = backorders.get(target.backorder_id)
    if (backorder === undefined) throw new Error(`target ${target.id} has no backorder`)
    return { outcome, backorder }
  })
  const decided = orders.map(({ outcome, backorder }, index) => {
    const { [index]: facts = noCreates } = shown
    return { ...facts, outcome: outcome.outcome, backorder, snapshot: snapshotOf(outcome, facts) }
  })
  const failed = decided.flatMap(({ outcome, backorder, snapshot }) =>
    outcome === 'registered' ? [] : [{ backorder, reason: outcome, outcome: snapshot }],
  )
  await sendTogether([succeed(tx, ctx, orders, now), failBackorders(tx, ctx, failed, now)])
  await countDecided(tx, decided, now)
}

async function endTargets(
  tx: Transaction<Database>,
  ends: readonly Found[],
  shown: readonly CreateFacts[],
  now: Date,
): Promise<void> {
  const rows = ends.map(({ outcome, target }, index) => ({
    ...outcome,
    ...(shown[index] ?? noCreates),
    state: next(catchTargetMachine, target.state, rowOf(outcome).target),
    crDate: outcome.outcome === 'registered' ? outcome.crDate : null,
    winnerCreatedAt: outcome.outcome === 'lost' ? (outcome.holderCrDate ?? null) : null,
  }))
  const ending = sql`
    update catch_target as target set state = ended.state, decided_at = ${now}, decided_code = ended.code,
      decided_basis = ended.basis, decided_by = ended.registry_account_id, proposal_id = ended.proposal_id,
      deciding_cltrid = ended.cltrid, holder_clid = ended.holder_clid, cr_date = ended.cr_date,
      winner_created_at = ended.winner_created_at, creates = ended.creates, wasted_creates = ended.wasted,
      lost_by_min_ms = ended.min_ms, lost_by_max_ms = ended.max_ms
    from unnest(
      ${rows.map((each) => each.targetId)}::uuid[], ${rows.map((each) => each.state)}::text[],
      ${rows.map((each) => each.code)}::integer[], ${rows.map((each) => each.basis ?? null)}::text[],
      ${rows.map((each) => each.registryAccountId)}::text[], ${rows.map((each) => each.proposalId ?? null)}::uuid[],
      ${rows.map((each) => each.decidingClTRID ?? null)}::text[], ${rows.map((each) => each.holderClid)}::text[],
      ${rows.map((each) => each.crDate)}::timestamptz[], ${rows.map((each) => each.winnerCreatedAt)}::timestamptz[],
      ${rows.map((each) => each.creates)}::integer[], ${rows.map((each) => each.wasted)}::integer[],
      ${rows.map((each) => each.margin?.minMs ?? null)}::integer[], ${rows.map((each) => each.margin?.maxMs ?? null)}::integer[])
      as ended (id, state, code, basis, registry_account_id, proposal_id, cltrid, holder_clid, cr_date, winner_created_at,
        creates, wasted, min_ms, max_ms)
    where target.id = ended.id`.execute(tx)
  const ids = rows.map(({ targetId }) => targetId)
  const forgetting = sql`delete from target_try where target_id = any(${ids}::uuid[])`.execute(tx)
  await sendTogether([ending, forgetting])
}

const rowOf = ({ outcome }: TargetOutcome): OutcomeRow => outcomeTable[outcome]

async function endListings(tx: Transaction<Database>, ends: readonly Found[], now: Date): Promise<void> {
  const states = ends.map(({ outcome, listing }) =>
    next(listingMachine, listing.state, rowOf(outcome).listing),
  )
  await sql`
    update listing set state = ended.state, ended_at = ${now}
    from unnest(${ends.map(({ listing }) => listing.id)}::uuid[], ${states}::text[]) as ended (id, state)
    where listing.id = ended.id`.execute(tx)
}

/** As events show it. */
function snapshotOf(outcome: TargetOutcome, { margin }: CreateFacts): OutcomeSnapshot {
  const { outcome: result, code, basis, holderClid, holderCrDate } = outcome
  const isLost = result === 'lost'
  return {
    result,
    ...(code !== null && { code }),
    ...(basis !== undefined && { basis }),
    ...(holderClid !== null && { holder_clid: holderClid }),
    ...(isLost && holderCrDate !== undefined && { winner_created_at: holderCrDate.toISOString() }),
    ...(margin !== null && { lost_by: { min_ms: margin.minMs, max_ms: margin.maxMs } }),
  }
}

type EndedOrder = { readonly outcome: TargetOutcome; readonly backorder: LockedBackorder }

async function succeed(
  tx: Transaction<Database>,
  ctx: Context,
  orders: readonly EndedOrder[],
  now: Date,
): Promise<void> {
  const caught = orders.flatMap(({ outcome, backorder }) =>
    outcome.outcome === 'registered'
      ? [{ ...outcome, registryAccountId: outcome.heldBy ?? outcome.registryAccountId, backorder }]
      : [],
  )
  const expiries = await recordRegistrations(tx, ctx, caught)
  const won = caught.flatMap((each, index) => {
    const expiresAt = expiries[index]
    return expiresAt === undefined ? [] : [{ ...each, expiresAt }]
  })
  await succeedBackorders(tx, ctx, won, now)
}
