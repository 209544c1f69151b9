import { AsyncLocalStorage } from 'node:async_hooks'

/** What k6 knows of the iteration that runs: in one process many run at once, so it goes with the asynchronous context. */
export type Iteration = {
  readonly vu: number
  readonly iterationInVu: number
  readonly iterationInScenario: number
  readonly scenario: string
  readonly executor: string
  readonly startedAtMs: number
  readonly tags: Tags
}

export type Tags = Readonly<Record<string, string>>

export const running = new AsyncLocalStorage<Iteration>()

/** The iteration under way. Throws outside of one, as k6 does. */
export function currentIteration(): Iteration {
  const iteration = running.getStore()
  if (iteration === undefined) throw new Error('this is known only while an iteration runs')
  return iteration
}
