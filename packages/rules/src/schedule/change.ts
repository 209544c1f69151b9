import {
  checkWindow,
  decideDropMoved,
  decideMove,
  isAwaitingRegistry,
  type MoveEffect,
  type MoveFacts,
  type Schedule,
} from '../listings.ts'
import type { CatchTargetState } from '../machines/catch-target.ts'
import { Refusal } from '../refusals.ts'
import {
  cutoffAt,
  type DropRule,
  type DropWindow,
  dropDayOf,
  dropWindow,
  followingWindow,
} from './drop-window.ts'
import { addSeconds } from './local-time.ts'

/** What a change does with each of its listings. Seconds. */
export type ScheduleAction =
  /** The same window for all; without a cut-off, it is the zone's lead before the window. */
  | {
      readonly kind: 'window'
      readonly dropFrom: Date
      readonly dropTo: Date
      readonly cutoffAt?: Date | undefined
    }
  /** Window and cut-off later, or earlier where it is negative. */
  | { readonly kind: 'shift'; readonly seconds: number }
  /** Orders close this long before the window, which stays. */
  | { readonly kind: 'cutoff_lead'; readonly seconds: number }
  /** The registry ran no batch in the window: names move to the next one, and their cut-off stays. */
  | { readonly kind: 'skip_day' }
  /** While names drop, the registry announced another time. Their cut-off stays. */
  | { readonly kind: 'drop_moved'; readonly dropFrom: Date; readonly dropTo: Date }
  /** As the zone's policy makes the schedule now from what the list said. */
  | { readonly kind: 'policy' }

export type ScheduleActionKind = ScheduleAction['kind']

/** What the service itself does where drops are off their schedule: it moves submission windows alone (rule 26). Seconds. */
export type DriftAction = {
  readonly kind: 'drift'
  readonly fromShiftSeconds: number
  readonly toShiftSeconds: number
}

export type ScheduleChangeKind = ScheduleActionKind | DriftAction['kind']

/** How the schedules of a zone are made. */
export type ZoneSchedule = {
  readonly rule: DropRule
  readonly cutoffLeadSeconds: number
  /** Rules that were in force before, the latest first. */
  readonly pastRules: readonly DropRule[]
}

/** What decides a change of one listing. */
export type ChangeFacts = MoveFacts & {
  readonly schedule: Schedule
  readonly target: CatchTargetState | null
  readonly overridden: boolean
}

/** moves: only the times change · stops: a drop that has begun is stopped until the new window. */
export type ChangeEffect = 'moves' | 'reopens' | 'closes' | 'stops' | 'unchanged' | 'not_movable'

/**
 * Why a listing cannot be changed. ended: its drop is over · dropping: it drops, and only `skip_day` and `drop_moved` stop a drop ·
 * create_unanswered: a create was sent and its answer is unknown · award_awaited: the registry has our application · invalid_window ·
 * overridden: an operator moved it, and a policy leaves it there · other_policy: no policy of the zone explains its window ·
 * replaced: of an undo, another change moved it since.
 */
export type NotMovable =
  | 'ended'
  | 'dropping'
  | 'create_unanswered'
  | 'award_awaited'
  | 'invalid_window'
  | 'overridden'
  | 'other_policy'
  | 'replaced'

export type ChangeDecision =
  | { readonly effect: 'not_movable'; readonly because: NotMovable }
  | {
      readonly effect: Exclude<ChangeEffect, 'not_movable'>
      readonly after: Schedule
      readonly move: MoveEffect
    }

/** Decides what a change does with one listing at `now`. Pure; used by the preview, and again when it is applied. Rule 6. */
export function decideChange(
  action: ScheduleAction,
  facts: ChangeFacts,
  zone: ZoneSchedule,
  now: Date,
): ChangeDecision {
  const because = findObstacle(action, facts)
  if (because !== undefined) return { effect: 'not_movable', because }
  const after = scheduleAfter(action, facts.schedule, zone, now)
  if (after === undefined) return { effect: 'not_movable', because: 'other_policy' }
  try {
    checkWindow(after, now)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { effect: 'not_movable', because: 'invalid_window' }
  }
  return decided(facts, after, now)
}

/**
 * Decides what returning a listing to the schedule of its lists does. The window is not checked: what lists say may be past, and then
 * the drop decides as it would have without the change.
 */
export function decideReturn(facts: ChangeFacts, listed: Schedule, now: Date): ChangeDecision {
  const because = findObstacle({ kind: 'shift', seconds: 0 }, facts)
  return because === undefined ? decided(facts, listed, now) : { effect: 'not_movable', because }
}

function decided(facts: ChangeFacts, after: Schedule, now: Date): ChangeDecision {
  const stops = facts.state === 'dropping'
  const move = stops ? decideDropMoved(facts) : decideMove(facts, after, now)
  return { effect: effectOf(facts, after, move), after, move }
}

function effectOf({ state, schedule }: ChangeFacts, after: Schedule, { stateAfter }: MoveEffect) {
  if (state === 'dropping') return 'stops'
  if (stateAfter !== state) return stateAfter === 'open' ? 'reopens' : 'closes'
  return isSame(schedule, after) ? 'unchanged' : 'moves'
}

function isSame(one: Schedule, other: Schedule): boolean {
  return (
    +one.cutoffAt === +other.cutoffAt && +one.dropFrom === +other.dropFrom && +one.dropTo === +other.dropTo
  )
}

function findObstacle({ kind }: ScheduleAction, { state, target, overridden }: ChangeFacts) {
  if (kind === 'policy' && overridden) return 'overridden'
  if (state !== 'upcoming' && state !== 'open' && state !== 'closed' && state !== 'dropping') return 'ended'
  if (state !== 'dropping') return undefined
  if (kind !== 'skip_day' && kind !== 'drop_moved') return 'dropping'
  if (target === null || !isAwaitingRegistry(target)) return undefined
  return target === 'awaiting_award' ? 'award_awaited' : 'create_unanswered'
}

function scheduleAfter(
  action: ScheduleAction,
  schedule: Schedule,
  zone: ZoneSchedule,
  now: Date,
): Schedule | undefined {
  switch (action.kind) {
    case 'window': {
      const { dropFrom, dropTo } = action
      return { cutoffAt: action.cutoffAt ?? cutoffAt(action, zone.cutoffLeadSeconds), dropFrom, dropTo }
    }
    case 'shift':
      return {
        cutoffAt: addSeconds(schedule.cutoffAt, action.seconds),
        dropFrom: addSeconds(schedule.dropFrom, action.seconds),
        dropTo: addSeconds(schedule.dropTo, action.seconds),
      }
    case 'cutoff_lead':
      return { ...schedule, cutoffAt: cutoffAt(schedule, action.seconds) }
    case 'skip_day':
      return { ...schedule, ...followingWindow(zone.rule, schedule, now) }
    case 'drop_moved':
      return { ...schedule, dropFrom: action.dropFrom, dropTo: action.dropTo }
    case 'policy':
      return byPolicy(schedule, zone)
  }
}

/** The schedule that the zone's rule makes of what the list said; undefined where no rule of the zone explains the present one. */
function byPolicy(schedule: DropWindow, { rule, pastRules, cutoffLeadSeconds }: ZoneSchedule) {
  const day = dropDayOf([rule, ...pastRules], schedule)
  if (day === undefined) return undefined
  const window = dropWindow(rule, day)
  return { ...window, cutoffAt: cutoffAt(window, cutoffLeadSeconds) }
}
