import { type ConfirmationTerms, requireConfirmationTerms } from '@droplock/rules/confirmations'
import type { QuarantineLimits } from '@droplock/rules/lists'
import { Refusal } from '@droplock/rules/refusals'
import { type RegistryProfileId, requireProfileId } from '@droplock/rules/registries'
import { sql, type Transaction } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { changeRegistry } from './change.ts'
import type { RegistryChange } from './definition.ts'
import { putAccount, type RegistryAccount } from './put-account.ts'
import { putZone, type Zone } from './put-zone.ts'
import { requireRealOrSimulated } from './read.ts'

export type { Zone } from './put-zone.ts'

export type DefineRegistry = {
  readonly id: string
  readonly profile: string
  readonly accounts: readonly RegistryAccount[]
  readonly zones: readonly Zone[]
  /** The limits beyond which a list of this registry is quarantined; left out, they stay as they are. */
  readonly quarantine?: QuarantineLimits
  /** How suspects of this registry are confirmed; left out, that stays as it is. */
  readonly confirmation?: ConfirmationTerms
  /** For the audit; required where something that exists changes. */
  readonly reason?: string
}

/**
 * Defines or updates a registry, our accounts there and the zones that it serves: operator data (rule 13). What is left out stays as
 * it is; a limit that an account leaves out is the profile's. Listings and orders keep what was copied to them. Returns the changes,
 * each of which is audited. Throws Refusal: forbidden, registry_profile_unknown, reason_required, and registry_account_invalid where
 * the profile cannot be used with an account; confirmation_invalid. Throws RealAndSimulatedMixed: real registries cannot share a database with simulated
 * ones or sandbox payments.
 */
export async function defineRegistry(
  ctx: OperatorContext,
  registry: DefineRegistry,
): Promise<readonly RegistryChange[]> {
  requirePermission(ctx, 'registries:set')
  if (registry.zones.some(hasPrice)) requirePermission(ctx, 'prices:set')
  const profile = requireProfileId(registry.profile)
  try {
    const changed = await changeRegistry(ctx, registry, async (tx) => {
      await write(tx, profile, registry)
      return profile
    })
    return changed.changes
  } catch (error) {
    if (violated(error, 'one_account_per_clid')) {
      const detail = `Registry ${registry.id}: two registry accounts have the same clid.`
      throw new Refusal('registry_account_invalid', detail)
    }
    throw error
  }
}

function hasPrice({ prices, renewalPrices = [] }: Zone): boolean {
  return prices.length > 0 || renewalPrices.length > 0
}

async function write(
  tx: Transaction<Database>,
  profile: RegistryProfileId,
  registry: DefineRegistry,
): Promise<void> {
  // One at a time: two transactions that add a real and a simulated account would not see each other's rows.
  if (registry.accounts.some(({ isSimulator }) => !isSimulator))
    await sql`lock table registry_account in share row exclusive mode`.execute(tx)
  await sql`
    insert into registry (id, profile) values (${registry.id}, ${profile})
    on conflict (id) do update set profile = excluded.profile`.execute(tx)
  if (registry.quarantine !== undefined) await setQuarantine(tx, registry.id, registry.quarantine)
  if (registry.confirmation !== undefined) await setConfirmation(tx, registry.id, registry.confirmation)
  for (const account of registry.accounts) await putAccount(tx, registry.id, profile, account)
  await requireRealOrSimulated(tx)
  for (const zone of registry.zones) await putZone(tx, { id: registry.id, profile }, zone)
}

export async function setConfirmation(
  tx: Transaction<Database>,
  id: string,
  terms: ConfirmationTerms,
): Promise<void> {
  const { by, rdapPerMinuteMax } = requireConfirmationTerms(terms)
  await tx
    .updateTable('registry')
    .set({ confirm_by: [...by], rdap_per_minute_max: rdapPerMinuteMax })
    .where('id', '=', id)
    .execute()
}

export async function setQuarantine(
  tx: Transaction<Database>,
  id: string,
  limits: QuarantineLimits,
): Promise<void> {
  await tx
    .updateTable('registry')
    .set({
      suspected_percent_max: limits.suspectedPercentMax,
      moved_percent_max: limits.movedPercentMax,
      rows_percent_min: limits.rowsPercentMin,
      rejects_percent_max: limits.rejectsPercentMax,
    })
    .where('id', '=', id)
    .execute()
}
