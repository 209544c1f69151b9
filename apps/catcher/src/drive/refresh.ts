import { awaitAward } from '@droplock/core/targets/await-award'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { doubtTargets } from '@droplock/core/targets/doubt'
import { listUndecidedTargets } from '@droplock/core/targets/list-undecided'
import { prepareTargets } from '@droplock/core/targets/prepare'
import { recordAttempts } from '@droplock/core/targets/record-attempts'
import type { Board } from '../board/board.ts'
import { pause } from '../board/change.ts'
import { mergeTargets } from '../board/merge.ts'
import type { Journal } from '../journal/journal.ts'
import type { Fight } from './hold.ts'

export type RefreshRule = {
  /** How often board and database are brought together. */
  readonly everyMs: number
  /**
   * How long before its window a target is marked as firing: longer than a database outage that must not stop the fire.
   */
  readonly fireLeadMs: number
}

/**
 * Brings board and database together until the signal aborts. A database that is away is logged and asked again; the
 * senders go on with what the board knows. While it is not sure that the lease is ours, nothing is written.
 */
export async function refreshUntil(
  on: Fight,
  rule: RefreshRule,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const told = { prepared: new Set<string>(), doubted: new Set<string>(), applied: new Set<string>() }
  while (!signal.aborted) {
    try {
      if (on.lease.maySend()) await refresh(on, rule, told)
      if (on.lease.maySend() && on.evidence.isEmpty() && on.settler.idle()) journal.forget()
    } catch (error) {
      on.log.error({ event: 'account.refresh_failed', err: error })
    }
    await pause(rule.everyMs, signal)
  }
}

type Told = Readonly<Record<'prepared' | 'doubted' | 'applied', Set<string>>>

/** What preparation told is written before the fire begins: afterwards it could be taken for the new registration. */
async function refresh(on: Fight, rule: RefreshRule, told: Told): Promise<void> {
  const { ctx, board } = on
  const horizonMs = on.registryNowMs() + on.rule.prepareLeadMs + rule.fireLeadMs
  mergeTargets(board, await listUndecidedTargets(ctx, on.account.registryId, new Date(horizonMs)))
  await tellPrepared(on, told.prepared)
  await begin(on, rule)
  await tellDoubted(on, told.doubted)
  await tellApplied(on, told.applied)
  for (const ids of Object.values(told)) forgetGone(board, ids)
  await on.evidence.flush((attempts) => recordAttempts(ctx.db, attempts))
}

/** Nothing more is told of a target that has left the board. */
export function forgetGone(board: Board, ids: Set<string>): void {
  for (const id of ids) if (board.get(id) === undefined) ids.delete(id)
}

async function tellPrepared(on: Fight, told: Set<string>): Promise<void> {
  const news = [...on.board.all()].filter(({ id, phase, prior }) => {
    return phase === 'waiting' && prior.kind === 'known' && !told.has(id)
  })
  await prepareTargets(
    on.ctx,
    news.flatMap(({ id, prior }) =>
      prior.kind === 'known' ? [{ targetId: id, priorClid: prior.clid, priorCrDate: prior.crDate }] : [],
    ),
    on.lease.lease,
  )
  for (const { id } of news) told.add(id)
}

async function begin(on: Fight, rule: RefreshRule): Promise<void> {
  const dueMs = on.registryNowMs() + rule.fireLeadMs
  const due = [...on.board.all()].filter(
    ({ phase, dropFromMs }) => phase === 'waiting' && dropFromMs <= dueMs,
  )
  const fired = new Set(
    await beginFiring(
      on.ctx,
      due.map(({ id }) => id),
      on.lease.lease,
    ),
  )
  for (const { id } of due) {
    const target = on.board.get(id)
    if (target?.phase === 'waiting' && fired.has(id)) on.board.put({ ...target, phase: 'firing' })
  }
}

async function tellDoubted(on: Fight, told: Set<string>): Promise<void> {
  const news = [...on.board.all()].filter(({ id, phase }) => phase === 'doubtful' && !told.has(id))
  await doubtTargets(
    on.ctx,
    news.map(({ id }) => id),
    on.lease.lease,
  )
  for (const { id } of news) told.add(id)
}

async function tellApplied(on: Fight, told: Set<string>): Promise<void> {
  const news = [...on.board.all()].filter(({ id, applied }) => applied && !told.has(id))
  await awaitAward(
    on.ctx,
    news.map(({ id }) => id),
    on.lease.lease,
  )
  for (const { id } of news) told.add(id)
}
