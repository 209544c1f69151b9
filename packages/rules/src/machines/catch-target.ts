import { type FailureEvent, type FailureReason, failures } from './backorder.ts'
import { finalStates, type Machine } from './machine.ts'

/** A catch target: one secured name at one drop. While several of our accounts try it, what is true of all of them (`stateOverTries`). */
export type CatchTargetState = 'armed' | 'firing' | 'ambiguous' | 'awaiting_award' | 'disarmed' | Outcome

export type CatchTargetEvent =
  | 'fire'
  | 'become_ambiguous'
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
    firing: { become_ambiguous: 'ambiguous', apply: 'awaiting_award', disarm: 'disarmed', ...ends },
    ambiguous: { resume: 'firing', apply: 'awaiting_award', ...ends },
    awaiting_award: { become_ambiguous: 'ambiguous', resume: 'firing', ...ends },
    disarmed: { rearm: 'armed', withdraw: 'withdrawn' },
    ...finalStates(ends),
  },
}

/** How a target can end. */
export type Outcome = 'registered' | FailureReason
