import { Refusal } from '@droplock/rules/refusals'
import { type RegistryProfileId, requireUsableAccount } from '@droplock/rules/registries'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requireReason } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction, tryOut } from '../database/transaction.ts'
import { lockRegistry } from '../locks.ts'
import { findChanges, type RegistryChange, type RegistryDefinition, readDefinition } from './definition.ts'

type ChangedRegistry = {
  readonly before: RegistryDefinition | undefined
  readonly after: RegistryDefinition | undefined
  readonly changes: readonly RegistryChange[]
}

/**
 * The frame of every change of a registry, our accounts there and its zones: one transaction, the registry locked, one version more where
 * something changed, and an audit entry for each of them that did. `write` is given what is in force and returns the profile, which every
 * account must fit afterwards. Throws Refusal: reason_required where something that exists changes, registry_account_invalid, and what
 * `write` throws.
 */
export async function changeRegistry(
  ctx: OperatorContext,
  registry: { readonly id: string; readonly reason?: string },
  write: (tx: Transaction<Database>, before: RegistryDefinition | undefined) => Promise<RegistryProfileId>,
): Promise<ChangedRegistry> {
  return inTransaction(ctx.db, async (tx) => {
    const changed = await writeAndCompare(tx, registry.id, write)
    if (changed.changes.some((change) => change.before !== undefined)) requireReason(registry.reason ?? '')
    for (const change of changed.changes)
      await recordAudit(tx, {
        ...change,
        by: ctx.actor,
        action: `${change.subjectType}.set`,
        reason: registry.reason,
      })
    return changed
  })
}

/** What a change would do; nothing is kept of it. */
export async function previewRegistryChange(
  ctx: OperatorContext,
  registryId: string,
  write: Parameters<typeof changeRegistry>[2],
): Promise<ChangedRegistry> {
  return tryOut(ctx.db, (tx) => writeAndCompare(tx, registryId, write))
}

async function writeAndCompare(
  tx: Transaction<Database>,
  registryId: string,
  write: Parameters<typeof changeRegistry>[2],
): Promise<ChangedRegistry> {
  await lockRegistry(tx, registryId)
  const before = await readDefinition(tx, registryId)
  const profile = await write(tx, before)
  const after = await readDefinition(tx, registryId)
  // Accounts that the change does not name must fit the profile too, as it may have changed.
  for (const account of after?.accounts ?? []) requireUsableAccount(profile, account)
  const changes = findChanges(before, after)
  if (before === undefined || changes.length === 0) return { before, after, changes }
  await sql`update registry set version = version + 1 where id = ${registryId}`.execute(tx)
  return { before, after, changes }
}

/** The registry, in the version that an edit of it names. Throws Refusal: registry_not_found, stale_version. */
export function requireVersion(
  before: RegistryDefinition | undefined,
  { id, version }: { readonly id: string; readonly version?: number | undefined },
): RegistryDefinition {
  if (before === undefined) throw new Refusal('registry_not_found', 'No such registry.', { id })
  if (version !== undefined && version !== before.version)
    throw new Refusal('stale_version', 'Another change of this registry was made meanwhile.', {
      version: before.version,
    })
  return before
}
