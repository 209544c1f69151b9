import type { Machine } from './machine.ts'

/** A catch target: one secured name at one drop. */
export type CatchTargetState =
  | 'armed'
  | 'firing'
  | 'ambiguous'
  | 'awaiting_award'
  | 'disarmed'
  | 'registered'
  | 'lost'
  | 'missed'
  | 'premium'
  | 'withdrawn'
  | 'refused'

export type CatchTargetEvent =
  | 'fire'
  | 'become_ambiguous'
  | 'resume'
  | 'apply'
  | 'register'
  | 'lose'
  | 'miss'
  | 'find_premium'
  | 'withdraw'
  | 'refuse'
  | 'disarm'
  | 'rearm'

const ends = {
  register: 'registered',
  lose: 'lost',
  miss: 'missed',
  find_premium: 'premium',
  withdraw: 'withdrawn',
  refuse: 'refused',
} as const

export const catchTargetMachine: Machine<CatchTargetState, CatchTargetEvent> = {
  initial: ['armed'],
  transitions: {
    armed: { fire: 'firing', disarm: 'disarmed', withdraw: 'withdrawn' },
    firing: { become_ambiguous: 'ambiguous', apply: 'awaiting_award', disarm: 'disarmed', ...ends },
    ambiguous: { resume: 'firing', apply: 'awaiting_award', ...ends },
    awaiting_award: { become_ambiguous: 'ambiguous', ...ends },
    disarmed: { rearm: 'armed', withdraw: 'withdrawn' },
    registered: {},
    lost: {},
    missed: {},
    premium: {},
    withdrawn: {},
    refused: {},
  },
}

/** How a target can end: the six outcomes. */
export type Outcome = 'registered' | 'lost' | 'missed' | 'premium' | 'withdrawn' | 'refused'
