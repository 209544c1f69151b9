import type { ConfirmationTerms } from '@droplock/rules/confirmations'
import type { QuarantineLimits } from '@droplock/rules/lists'
import { Refusal } from '@droplock/rules/refusals'
import { requireProfileId, requireUsableAccount } from '@droplock/rules/registries'
import type { Transaction } from 'kysely'
import { type OperatorContext, requirePermission, requireProof, requireReason } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { changeRegistry, previewRegistryChange, requireVersion } from './change.ts'
import { setConfirmation, setQuarantine } from './define.ts'
import type { RegistryDefinition } from './definition.ts'
import { type EditableAccount, editAccount } from './put-account.ts'
import { editZone, type ZoneTerms } from './put-zone.ts'

/** A part of a registry in the form of `RegistryDefinition`; each that is given is replaced as a whole. */
export type RegistryEdit = {
  readonly id: string
  readonly quarantine?: QuarantineLimits
  readonly confirmation?: ConfirmationTerms
  readonly account?: EditableAccount
  readonly zone?: ZoneTerms
}

/**
 * Edits how lists of a registry are checked, the limits of an account there, or the terms of a zone. Where our password is sent (hosts), who
 * we are there (clid), profiles and new accounts are set by `defineRegistry` alone. A catcher takes over an account while nothing drops;
 * caps of fees follow at once (rule 3). Throws Refusal: forbidden, step_up_required, reason_required, registry_not_found, stale_version,
 * registry_account_not_found, zone_not_found, registry_account_invalid, confirmation_invalid, try_again.
 */
export async function editRegistry(
  ctx: OperatorContext,
  edit: RegistryEdit & { readonly version: number; readonly reason: string },
): Promise<void> {
  requirePermission(ctx, 'registries:set')
  requireProof(ctx, 'registry_settings')
  const reason = requireReason(edit.reason)
  await changeRegistry(ctx, { id: edit.id, reason }, async (tx, before) =>
    write(tx, requireVersion(before, edit), edit),
  )
}

/** What an edit would change: the registry before and after it. Throws as `editRegistry`. */
export async function previewRegistryEdit(
  ctx: OperatorContext,
  edit: RegistryEdit,
): Promise<{ readonly before: RegistryDefinition; readonly after: RegistryDefinition }> {
  requirePermission(ctx, 'registries:set')
  const { before, after } = await previewRegistryChange(ctx, edit.id, async (tx, known) =>
    write(tx, requireVersion(known, { id: edit.id }), edit),
  )
  return { before: requireVersion(before, { id: edit.id }), after: requireVersion(after, { id: edit.id }) }
}

async function write(tx: Transaction<Database>, registry: RegistryDefinition, edit: RegistryEdit) {
  const { id, quarantine, confirmation, account, zone } = edit
  const profile = requireProfileId(registry.profile)
  if (quarantine !== undefined) await setQuarantine(tx, id, quarantine)
  if (confirmation !== undefined) await setConfirmation(tx, id, confirmation)
  if (account !== undefined) {
    const known = registry.accounts.find(({ id: each }) => each === account.id)
    if (known === undefined)
      throw new Refusal('registry_account_not_found', 'No such registry account.', { id: account.id })
    // Before it is written: the database refuses a wrong limit too, without saying what is wrong.
    requireUsableAccount(profile, { ...known, ...account })
    await editAccount(tx, account)
  }
  if (zone !== undefined) {
    if (!registry.zones.some(({ name }) => name === zone.name))
      throw new Refusal('zone_not_found', 'This registry does not serve the zone.', { name: zone.name })
    await editZone(tx, zone)
  }
  return profile
}
