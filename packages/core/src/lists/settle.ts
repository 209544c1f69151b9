import type { QuarantineReason } from '@droplock/rules/lists/decide-quarantine'
import type { Context, StaffContext } from '../context.ts'
import type { RunDiff } from './diff.ts'
import type { Publication } from './publish.ts'

export type SettleRun = {
  readonly runId: string
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

export type RunSettlement =
  | { readonly kind: 'published'; readonly publication: Publication }
  | { readonly kind: 'quarantined'; readonly reasons: readonly QuarantineReason[]; readonly diff: RunDiff }
  /** The same octets were published before: the run is discarded and nothing changed. */
  | { readonly kind: 'unchanged' }

/** Publishes a ready run, or holds it back. Throws Refusal: sync_run_not_found, sync_run_not_publishable, try_again. */
export async function settleRun(ctx: Context | StaffContext, command: SettleRun): Promise<RunSettlement> {
  throw new Error(`not built yet ${String(ctx)} ${command.runId}`)
}
