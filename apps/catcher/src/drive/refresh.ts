import { handlesInForce } from '@droplock/core/contacts/defaults'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { type Preparation, prepareTargets } from '@droplock/core/targets/prepare'
import { listUndecidedTargets } from '@droplock/core/targets/read'
import { markAmbiguous, markAwaitingAward, recordAttempts } from '@droplock/core/targets/record'
import { type Board, pause } from '../board/board.ts'
import { mergeTargets } from '../board/merge.ts'
import type { Journal } from '../journal/journal.ts'
import type { Prior, Target } from '../plan/target.ts'
import type { LeasedAccount } from './leased-account.ts'

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
  leased: LeasedAccount,
  rule: RefreshRule,
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const reported: Reported = { prepared: new Set(), ambiguous: new Set(), applied: new Set() }
  while (!signal.aborted) {
    try {
      if (leased.lease.maySend()) await refresh(leased, rule, reported)
      if (leased.lease.maySend() && leased.evidence.isEmpty() && leased.settler.idle()) journal.forget()
    } catch (error) {
      leased.log.error({ event: 'account.refresh_failed', err: error })
    }
    await pause(rule.everyMs, signal)
  }
}

/** The targets of which the database knows this already. */
type Reported = Readonly<Record<'prepared' | 'ambiguous' | 'applied', Set<string>>>

/** What preparation told is written before the fire begins: afterwards it could be taken for the new registration. */
async function refresh(leased: LeasedAccount, rule: RefreshRule, reported: Reported): Promise<void> {
  const { ctx, board } = leased
  const { lease } = leased.lease
  const horizonMs = leased.registryNowMs() + leased.rule.prepareLeadMs + rule.fireLeadMs
  const { registryId, capsAlways } = leased.account
  const rows = await listUndecidedTargets(ctx, registryId, new Date(horizonMs))
  mergeTargets(board, rows, { capsAlways, contacts: handlesInForce(leased.seen.outlook.contacts) })
  await reportNew(board, reported.prepared, isPrepared, (targets) =>
    prepareTargets(ctx, targets.map(preparationOf), lease),
  )
  await begin(leased, rule)
  await reportNew(board, reported.ambiguous, isDoubtful, (targets) =>
    markAmbiguous(ctx, targets.map(idOf), lease),
  )
  await reportNew(board, reported.applied, isApplied, (targets) =>
    markAwaitingAward(ctx, targets.map(idOf), lease),
  )
  for (const ids of Object.values(reported)) forgetGone(board, ids)
  await leased.evidence.flush((attempts) => recordAttempts(ctx.db, attempts))
}

/** Writes of which targets something has become true, of each once. */
async function reportNew<News extends Target>(
  board: Board,
  reported: Set<string>,
  isNews: (target: Target) => target is News,
  write: (targets: readonly News[]) => Promise<void>,
): Promise<void> {
  const news = [...board.all()].filter(isNews).filter(({ id }) => !reported.has(id))
  await write(news)
  for (const { id } of news) reported.add(id)
}

type Prepared = Target & { readonly prior: Extract<Prior, { kind: 'known' }> }

const idOf = ({ id }: Target): string => id
const isPrepared = (target: Target): target is Prepared =>
  target.phase === 'waiting' && target.prior.kind === 'known'
const isDoubtful = (target: Target): target is Target => target.phase === 'doubtful'
const isApplied = (target: Target): target is Target => target.applied

function preparationOf({ id, prior }: Prepared): Preparation {
  return { targetId: id, priorClid: prior.clid, priorCrDate: prior.crDate }
}

/** Nothing more is reported of a target that has left the board. */
export function forgetGone(board: Board, ids: Set<string>): void {
  for (const id of ids) if (board.get(id) === undefined) ids.delete(id)
}

async function begin(leased: LeasedAccount, rule: RefreshRule): Promise<void> {
  const dueMs = leased.registryNowMs() + rule.fireLeadMs
  const due = [...leased.board.all()].filter(
    ({ phase, dropFromMs }) => phase === 'waiting' && dropFromMs <= dueMs,
  )
  const fired = new Set(await beginFiring(leased.ctx, due.map(idOf), leased.lease.lease))
  for (const { id } of due) {
    const target = leased.board.get(id)
    if (target?.phase === 'waiting' && fired.has(id)) leased.board.put({ ...target, phase: 'firing' })
  }
}
