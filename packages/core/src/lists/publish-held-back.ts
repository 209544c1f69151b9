import type { StaffContext } from '../context.ts'
import type { Publication } from './publish.ts'

export type PublishHeldBack = { readonly runId: string; readonly reason: string; readonly opensAt: Date }

/**
 * Publishes a quarantined run on a person's word. Throws Refusal: forbidden, reason_required, sync_run_not_found,
 * sync_run_not_publishable, list_already_published, try_again.
 */
export async function publishHeldBack(ctx: StaffContext, command: PublishHeldBack): Promise<Publication> {
  throw new Error(`not built yet ${String(ctx)} ${command.runId}`)
}
