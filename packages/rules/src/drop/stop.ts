import { Refusal } from '../refusals.ts'

type StopFacts = {
  readonly isStopped: boolean
  /** Undecided targets whose window is open: each is an order that was paid for. */
  readonly paidInWindow: number
}

/**
 * Whether a registry may be stopped: by one person while no name that was paid for is in its window, and by two at any time, since a
 * stop loses names. Throws Refusal: registry_stopped, stop_needs_two_people. Rule 30.
 */
export function decideStop({ isStopped, paidInWindow }: StopFacts, by: 'alone' | 'two'): void {
  if (isStopped) throw new Refusal('registry_stopped', 'This registry is stopped already.')
  if (by === 'alone' && paidInWindow > 0) {
    throw new Refusal(
      'stop_needs_two_people',
      'Names that were paid for are in their window: propose the stop.',
      {
        names: paidInWindow,
      },
    )
  }
}
