import type { Machine } from './machine.ts'

/** A change of the schedules of many listings. A draft is its preview. */
export type ScheduleChangeState = 'draft' | 'applying' | 'stopped' | 'applied' | 'undoing' | 'undone'

/** `apply` also continues a stopped one. */
type ScheduleChangeEvent = 'apply' | 'stop' | 'finish' | 'undo'

export const scheduleChangeMachine: Machine<ScheduleChangeState, ScheduleChangeEvent> = {
  initial: ['draft', 'applied'],
  transitions: {
    draft: { apply: 'applying' },
    applying: { stop: 'stopped', finish: 'applied' },
    stopped: { apply: 'applying', undo: 'undoing' },
    applied: { undo: 'undoing' },
    undoing: { finish: 'undone' },
    undone: {},
  },
}
