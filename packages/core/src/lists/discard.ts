import type { StaffContext } from '../context.ts'

export type DiscardRun = { readonly runId: string; readonly reason: string }

/**
 * Discards a quarantined (or still ready) run: nothing of it is ever published. Throws Refusal: forbidden, reason_required,
 * sync_run_not_found, sync_run_not_discardable, try_again.
 */
export async function discardRun(ctx: StaffContext, command: DiscardRun): Promise<void> {
  throw new Error(`not built yet ${String(ctx)} ${command.runId}`)
}
