import { Refusal } from '@droplock/rules/refusals'
import type { LockedRun } from './lock.ts'

/** Throws Refusal('sync_run_not_publishable') unless the run is in this state. */
export function requireState(run: LockedRun, state: LockedRun['state']): void {
  if (run.state === state) return
  throw new Refusal('sync_run_not_publishable', `This sync run is ${run.state}.`, { state: run.state })
}
