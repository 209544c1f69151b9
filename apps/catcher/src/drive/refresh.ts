import { beginFiring } from '@droplock/core/targets/begin-firing'
import { askAgainForSilent } from '@droplock/core/targets/conclude'
import { type Preparation, prepareTargets } from '@droplock/core/targets/prepare'
import { markAmbiguous, markAwaitingAward, recordAttempts, resumeFiring } from '@droplock/core/targets/record'
import type { Journal } from '../journal.ts'
import { pause } from '../loops.ts'
import type { Prior, Target } from '../plan/target.ts'
import { TargetFollower } from '../targets/follow.ts'
import { type TargetStore } from '../targets/store.ts'
import type { LeasedAccount } from './leased-account.ts'
import { placeTargets } from './survey-order.ts'

export type RefreshRule = {
  /** How often the store is synchronised with the database. */
  readonly everyMs: number
  /**
   * How long before its window a target is marked as firing: longer than a database outage during which firing must go on.
   */
  readonly fireLeadMs: number
}

/**
 * Synchronises the store with the database until the signal aborts. When the database is unavailable this is logged and tried again;
 * the senders continue with the store. Nothing is written while it is not certain that the lease is ours.
 */
export async function refreshUntil(
  leased: LeasedAccount,
  rule: RefreshRule,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const reported: Reported = {
    prepared: new Set(),
    placed: new Set(),
    ambiguous: new Set(),
    applied: new Set(),
  }
  const follower = new TargetFollower(leased)
  while (!signal.aborted) {
    try {
      if (leased.lease.maySend()) await refresh(leased, rule, reported, follower)
      if (leased.lease.maySend() && leased.evidence.isEmpty() && leased.outcomeRecorder.idle())
        journal.forget()
    } catch (error) {
      follower.beginAnew()
      leased.log.error({ event: 'account.refresh_failed', err: error })
    }
    await pause(rule.everyMs, signal)
  }
}

/** The targets for which this is done. */
type Reported = Readonly<Record<'prepared' | 'placed' | 'ambiguous' | 'applied', Set<string>>>

/** The result of the preparation is written before firing begins: afterwards it could be mistaken for the new registration. */
async function refresh(
  leased: LeasedAccount,
  rule: RefreshRule,
  reported: Reported,
  follower: TargetFollower,
): Promise<void> {
  const { ctx, store } = leased
  const { lease } = leased.lease
  await askAgainForSilent(ctx, lease)
  await follower.follow(leased.registryNowMs() + leased.rule.prepareLeadMs + rule.fireLeadMs)
  await reportNew(store, reported.prepared, isPrepared, (targets) =>
    prepareTargets(ctx, targets.map(preparationOf), lease),
  )
  await begin(leased, rule)
  await placeTargets(leased, reported.placed)
  await resumeExplained(leased, follower, reported)
  await reportNew(store, reported.ambiguous, isAmbiguous, (targets) =>
    markAmbiguous(ctx, targets.map(idOf), lease),
  )
  await reportNew(store, reported.applied, isApplied, (targets) =>
    markAwaitingAward(ctx, targets.map(idOf), lease),
  )
  for (const ids of Object.values(reported)) forgetGone(store, ids)
  await leased.evidence.flush((attempts) => recordAttempts(ctx.db, attempts))
}

/**
 * What the database calls ambiguous and `info` has explained is firing again, so that its drop can be stopped. A later create without an
 * answer is reported anew.
 */
async function resumeExplained(
  { ctx, store, lease }: LeasedAccount,
  follower: TargetFollower,
  { ambiguous }: Reported,
): Promise<void> {
  const explained = follower.ambiguous().filter((id) => store.get(id)?.phase === 'firing')
  await resumeFiring(ctx, explained, lease.lease)
  for (const id of explained) ambiguous.delete(id)
}

/** Writes, once for each target, that something has become true of it. */
async function reportNew<News extends Target>(
  store: TargetStore,
  reported: Set<string>,
  isNews: (target: Target) => target is News,
  write: (targets: readonly News[]) => Promise<void>,
): Promise<void> {
  const news = [...store.all()].filter(isNews).filter(({ id }) => !reported.has(id))
  await write(news)
  for (const { id } of news) reported.add(id)
}

type Prepared = Target & { readonly prior: Extract<Prior, { kind: 'known' }> }

const idOf = ({ id }: Pick<Target, 'id'>): string => id
const isPrepared = (target: Target): target is Prepared =>
  target.phase === 'waiting' && target.prior.kind === 'known'
const isAmbiguous = (target: Target): target is Target => target.phase === 'ambiguous'
const isApplied = (target: Target): target is Target => target.applied

function preparationOf({ id, prior }: Prepared): Preparation {
  const { clid, crDate, updatedAt, roid } = prior
  return { targetId: id, priorClid: clid, priorCrDate: crDate, priorUpdatedAt: updatedAt, priorRoid: roid }
}

/** Removes the ids of targets that are no longer in the store. */
export function forgetGone(store: TargetStore, ids: Set<string>): void {
  for (const id of ids) if (store.get(id) === undefined) ids.delete(id)
}

async function begin(leased: LeasedAccount, rule: RefreshRule): Promise<void> {
  const dueMs = leased.registryNowMs() + rule.fireLeadMs
  const due = [...leased.store.all()].filter(
    ({ phase, dropFromMs }) => phase === 'waiting' && dropFromMs <= dueMs,
  )
  const fired = new Set(await beginFiring(leased.ctx, due.map(idOf), leased.lease.lease))
  for (const { id } of due) {
    const target = leased.store.get(id)
    if (target?.phase === 'waiting' && fired.has(id)) leased.store.put({ ...target, phase: 'firing' })
  }
}
