import { type FailureEvent, type FailureReason, failures } from './backorder.ts'
import { finalStates, type Machine } from './machine.ts'

/** A catch target: one secured name at one drop. */
export type CatchTargetState = 'armed' | 'firing' | 'ambiguous' | 'awaiting_award' | 'disarmed' | Outcome

export type CatchTargetEvent =
  | 'fire'
  | 'doubt'
  | 'resume'
  | 'apply'
  | 'register'
  | FailureEvent
  | 'disarm'
  | 'rearm'

const ends = { register: 'registered', ...failures } as const

export const catchTargetMachine: Machine<CatchTargetState, CatchTargetEvent> = {
  initial: ['armed'],
  transitions: {
    armed: { fire: 'firing', disarm: 'disarmed', withdraw: 'withdrawn' },
    firing: { doubt: 'ambiguous', apply: 'awaiting_award', disarm: 'disarmed', ...ends },
    ambiguous: { resume: 'firing', apply: 'awaiting_award', ...ends },
    awaiting_award: { doubt: 'ambiguous', ...ends },
    disarmed: { rearm: 'armed', withdraw: 'withdrawn' },
    ...finalStates(ends),
  },
}

/** How a target can end. */
export type Outcome = 'registered' | FailureReason
