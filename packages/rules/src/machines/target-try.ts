import type { Machine } from './machine.ts'

/** What one of our registry accounts does about a target. `ended`: it has nothing left to try, and says how it ended for it. */
export type TargetTryState = 'firing' | 'ambiguous' | 'awaiting_award' | 'ended'

type TargetTryEvent = 'become_ambiguous' | 'resume' | 'apply' | 'end' | 'ask_again' | 'fire'

export const targetTryMachine: Machine<TargetTryState, TargetTryEvent> = {
  // An account that was never able to create says only how it ended for it.
  initial: ['firing', 'ended'],
  transitions: {
    firing: { become_ambiguous: 'ambiguous', apply: 'awaiting_award', end: 'ended' },
    ambiguous: { resume: 'firing', apply: 'awaiting_award', end: 'ended' },
    awaiting_award: { become_ambiguous: 'ambiguous', fire: 'firing', end: 'ended' },
    // An account that another one waits for is no longer driven, so that what it left is asked about; or the target was armed again.
    ended: { ask_again: 'ambiguous', fire: 'firing' },
  },
}
