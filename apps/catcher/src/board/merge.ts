import type { UndecidedTarget } from '@droplock/core/targets/list-undecided'
import { equals, money } from '@droplock/rules/money/money'
import type { Fee, Phase, Prior, Target } from '../plan/target.ts'
import type { Board } from './board.ts'

/**
 * Brings the board up to the database's rows: new targets join, moved ones take their new window, disarmed or decided
 * ones leave. What this process knows better, the course of a fire that it leads itself, stays. Where the registry's profile
 * `capsAlways`, every target has its fee, whatever is known of the zone.
 */
export function mergeTargets(board: Board, listed: readonly UndecidedTarget[], capsAlways: boolean): void {
  const rows = capsAlways ? listed.map((row) => ({ ...row, may_have_premium: true })) : listed
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
  const { dropFromMs, dropToMs, graceUntilMs, fee, rdapUrl } = targetOf(row)
  const isMoved =
    known.dropFromMs !== dropFromMs || known.dropToMs !== dropToMs || known.graceUntilMs !== graceUntilMs
  return wasFired(known, row) || isMoved || known.rdapUrl !== rdapUrl || !sameCap(known.fee, fee)
}

/** It fires by the database alone: the connection was lost before we heard that its fire had begun. */
function wasFired({ phase }: Target, { state }: UndecidedTarget): boolean {
  return phase === 'waiting' && state !== 'armed'
}

function sameCap(one: Fee | null, other: Fee | null): boolean {
  return one === null || other === null ? one === other : equals(one.cap, other.cap)
}

/**
 * A schedule may move in the very moment in which the fire begins; its new window is the one that counts. So may the fee, which
 * operators mend while names wait for it: they are tried with the new one at once.
 */
function follow(known: Target, row: UndecidedTarget): Target {
  const { dropFromMs, dropToMs, graceUntilMs, armedAt, phase, applied, fee, rdapUrl } = targetOf(row)
  const fired = wasFired(known, row) ? { phase, applied } : {}
  const followed = { ...known, ...fired, dropFromMs, dropToMs, graceUntilMs, armedAt, rdapUrl }
  return sameCap(known.fee, fee) ? followed : { ...followed, fee, lack: null }
}

/**
 * A target that fires already was fired by a predecessor, whose creates may have got through: doubtful. Where one was taken as an
 * application, the award is waited for.
 */
function targetOf(row: UndecidedTarget): Target {
  return {
    id: row.id,
    listingId: row.listing_id,
    zone: row.zone,
    name: row.name,
    orderedAt: row.ordered_at,
    armedAt: row.armed_at,
    dropFromMs: row.drop_from.getTime(),
    dropToMs: row.drop_to.getTime(),
    graceUntilMs: row.grace_until.getTime(),
    prior: priorOf(row),
    fee: feeOf(row),
    rdapUrl: row.rdap_url,
    phase: phaseOf(row),
    sinceMs: null,
    applied: row.state === 'awaiting_award',
    busy: false,
    lastSentMs: null,
    createsSinceInfo: 0,
    due: null,
    exists: false,
    released: false,
    triedLate: false,
    lack: null,
    rdap: null,
  }
}

function phaseOf({ state }: UndecidedTarget): Phase {
  if (state === 'armed') return 'waiting'
  return state === 'awaiting_award' ? 'awaiting_award' : 'doubtful'
}

function feeOf(row: UndecidedTarget): Fee | null {
  if (!row.may_have_premium) return null
  const cap = money(row.fee_max_minor, row.fee_currency)
  return { cap, agreed: cap }
}

function priorOf(row: UndecidedTarget): Prior {
  if (row.prepared_at === null) return { kind: 'unknown' }
  return { kind: 'known', crDate: row.prior_cr_date, clid: row.prior_clid }
}
