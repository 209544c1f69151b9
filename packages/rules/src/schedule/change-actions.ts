import { nextIfAllowed } from '../machines/machine.ts'
import { type ScheduleChangeState, scheduleChangeMachine } from '../machines/schedule-change.ts'
import { may, type Role } from '../staff.ts'
import type { ScheduleChangeKind } from './change.ts'

/** `apply` continues a stopped change too. */
export type ScheduleChangeAction = 'apply' | 'stop' | 'undo'

const actions: readonly ScheduleChangeAction[] = ['undo', 'stop', 'apply']

type ChangeFacts = { readonly state: ScheduleChangeState; readonly kind: ScheduleChangeKind }

/** Whether a change may be undone at all: submission windows follow the drops by themselves (rule 26). */
export function isUndoable(kind: ScheduleChangeKind): boolean {
  return kind !== 'drift'
}

/** What a person with these roles may do with a change of schedules now. */
export function scheduleChangeActions(
  { state, kind }: ChangeFacts,
  held: readonly Role[],
): readonly ScheduleChangeAction[] {
  if (!may(held, 'schedules:override')) return []
  return actions.filter(
    (action) =>
      nextIfAllowed(scheduleChangeMachine, state, action) !== undefined &&
      (action !== 'undo' || isUndoable(kind)),
  )
}
