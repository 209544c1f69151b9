import { decideStop } from '@droplock/rules/drop/stop'
import { changeWithAudit } from '../audit/change.ts'
import type { OperatorContext } from '../context.ts'
import { lockStopFacts, writeStop } from './internal.ts'

type StopRegistry = { readonly registryId: string; readonly reason: string }

/**
 * Stops a registry: within a second none of our accounts sends a create there, also after a restart, until the stop is ended. What is in
 * flight is decided, and names that may be ours are still asked about. While names that were paid for are in their window, it is proposed
 * instead (`proposeRegistryStop`). Throws Refusal: forbidden, reason_required, registry_not_found, registry_stopped,
 * stop_needs_two_people.
 */
export async function stopRegistry(
  ctx: OperatorContext,
  { registryId, reason }: StopRegistry,
): Promise<void> {
  const subject = ['registry', registryId] as const
  await changeWithAudit(ctx, { permission: 'registries:stop', subject, reason }, async (tx, text) => {
    decideStop(await lockStopFacts(tx, registryId), 'alone')
    await writeStop({ ...ctx, db: tx }, { registryId, reason: text, proposalId: null })
    return { action: 'registry.stopped' }
  })
}
