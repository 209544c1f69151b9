import type { UndecidedTarget } from '@droplock/core/targets/list-undecided'
import type { Prior, Target } from '../plan/target.ts'
import type { Board } from './board.ts'

/**
 * Brings the board up to the database's rows: new targets join, moved ones take their new window, disarmed or decided
 * ones leave. What this process knows better, the course of a fire that it leads itself, stays.
 */
export function mergeTargets(board: Board, rows: readonly UndecidedTarget[]): void {
  const live = new Set(rows.map((row) => row.id))
  for (const row of rows) {
    const known = board.get(row.id)
    if (known === undefined) board.put(targetOf(row))
    else if (!known.busy && known.phase !== 'decided' && changed(known, row)) board.put(follow(known, row))
  }
  for (const target of board.all()) {
    const leads = target.busy || target.phase === 'decided'
    if (!live.has(target.id) && !leads) board.remove(target.id)
  }
}

function changed(known: Target, row: UndecidedTarget): boolean {
  return (
    wasFired(known, row) ||
    known.dropFromMs !== row.drop_from.getTime() ||
    known.graceUntilMs !== row.grace_until.getTime()
  )
}

/** It fires by the database alone: the connection was lost before we heard that its fire had begun. */
function wasFired({ phase }: Target, { state }: UndecidedTarget): boolean {
  return phase === 'waiting' && state !== 'armed'
}

/** A schedule may move in the very moment in which the fire begins; its new window is the one to fight in. */
function follow(known: Target, row: UndecidedTarget): Target {
  const { dropFromMs, graceUntilMs, armedAt, phase } = targetOf(row)
  return { ...known, dropFromMs, graceUntilMs, armedAt, phase: wasFired(known, row) ? phase : known.phase }
}

/** A target that fires already was fired by a predecessor, whose creates may have got through: doubtful. */
function targetOf(row: UndecidedTarget): Target {
  return {
    id: row.id,
    listingId: row.listing_id,
    name: row.name,
    orderedAt: row.ordered_at,
    armedAt: row.armed_at,
    dropFromMs: row.drop_from.getTime(),
    graceUntilMs: row.grace_until.getTime(),
    prior: priorOf(row),
    phase: row.state === 'armed' ? 'waiting' : 'doubtful',
    busy: false,
    lastSentMs: null,
    createsSinceInfo: 0,
    seenFree: false,
  }
}

function priorOf(row: UndecidedTarget): Prior {
  if (row.prepared_at === null) return { kind: 'unknown' }
  return { kind: 'known', crDate: row.prior_cr_date, clid: row.prior_clid }
}
