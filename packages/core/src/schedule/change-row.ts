import type { ChangeDecision, DriftAction, ScheduleAction } from '@droplock/rules/schedule/change'
import type { Selectable } from 'kysely'
import type { Operator } from '../context.ts'
import type { ScheduleChangeTable } from '../database/tables.gen.ts'
import type { ListingFacts } from './facts.ts'

/** Who made or undid a change: a person's name, or that of a command. */
export function madeBy(actor: Operator): { readonly staffId: string | null; readonly name: string } {
  if (actor.kind === 'staff') return { staffId: actor.staffId, name: actor.name }
  return { staffId: null, name: actor.kind === 'command' ? `command:${actor.name}` : 'droplock' }
}

/** The columns of an action. */
export function columnsOf(action: ScheduleAction) {
  const none = {
    drop_from: null,
    drop_to: null,
    cutoff_at: null,
    shift_seconds: null,
    cutoff_lead_seconds: null,
  }
  switch (action.kind) {
    case 'window':
      return {
        ...none,
        drop_from: action.dropFrom,
        drop_to: action.dropTo,
        cutoff_at: action.cutoffAt ?? null,
      }
    case 'drop_moved':
      return { ...none, drop_from: action.dropFrom, drop_to: action.dropTo }
    case 'shift':
      return { ...none, shift_seconds: action.seconds }
    case 'cutoff_lead':
      return { ...none, cutoff_lead_seconds: action.seconds }
    case 'skip_day':
    case 'policy':
      return none
  }
}

type ActionRow = Pick<
  Selectable<ScheduleChangeTable>,
  'kind' | 'drop_from' | 'drop_to' | 'cutoff_at' | 'shift_seconds' | 'cutoff_lead_seconds'
> &
  Pick<Selectable<ScheduleChangeTable>, 'from_shift_seconds' | 'to_shift_seconds'>

/** The action of a row that operators apply and undo. Throws for a change by drift, which is complete when it is written. */
export function actionOf(row: ActionRow): ScheduleAction {
  const action = recordedActionOf(row)
  if (action.kind === 'drift') throw new Error('a change by drift is neither applied nor undone')
  return action
}

/** The action of a row. `change_says_what` and `only_drift_moves_submission` ensure that its columns are set. */
export function recordedActionOf(row: ActionRow): ScheduleAction | DriftAction {
  const { kind } = row
  switch (kind) {
    case 'drift':
      return {
        kind,
        fromShiftSeconds: required(row.from_shift_seconds),
        toShiftSeconds: required(row.to_shift_seconds),
      }
    case 'window':
      return {
        kind,
        dropFrom: required(row.drop_from),
        dropTo: required(row.drop_to),
        ...(row.cutoff_at && { cutoffAt: row.cutoff_at }),
      }
    case 'drop_moved':
      return { kind, dropFrom: required(row.drop_from), dropTo: required(row.drop_to) }
    case 'shift':
      return { kind, seconds: required(row.shift_seconds) }
    case 'cutoff_lead':
      return { kind, seconds: required(row.cutoff_lead_seconds) }
    case 'skip_day':
    case 'policy':
      return { kind }
  }
}

function required<Value>(value: Value | null): Value {
  if (value === null) throw new Error('a change without its times')
  return value
}

/** A listing with what is decided about it. */
export type Decided = { readonly facts: ListingFacts; readonly decision: ChangeDecision }

/** A listing that moves. */
export type Move = {
  readonly facts: ListingFacts
  readonly decision: Exclude<ChangeDecision, { effect: 'not_movable' }>
}

export function isMove(decided: Decided): decided is Move {
  return decided.decision.effect !== 'not_movable' && decided.decision.effect !== 'unchanged'
}
