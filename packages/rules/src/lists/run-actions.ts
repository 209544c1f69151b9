import { peek } from '../machines/machine.ts'
import { type SyncRunState, syncRunMachine } from '../machines/sync-run.ts'
import { may, type Role } from '../staff/roles.ts'

/** What a person can do with a sync run. */
export type RunAction = 'publish' | 'discard'

const actions: readonly RunAction[] = ['publish', 'discard']

/** The actions a person with these roles may take on a run in this state. */
export function runActions(state: SyncRunState, held: readonly Role[]): readonly RunAction[] {
  if (!may(held, 'syncs:resolve')) return []
  return actions.filter((action) => peek(syncRunMachine, state, action) !== undefined)
}
