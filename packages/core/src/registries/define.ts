import type { ContactRole } from '@droplock/rules/contacts/roles'
import type { QuarantineLimits } from '@droplock/rules/lists/decide-quarantine'
import { type AccountTerms, requireProfileId } from '@droplock/rules/registries/require-usable-account'
import { SecondAccount } from '@droplock/rules/registries/second-account'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { putAccount } from './put-account.ts'
import { requireOneWorld } from './require-one-world.ts'

export type DefineRegistry = {
  readonly id: string
  readonly profile: string
  readonly accounts: readonly RegistryAccount[]
  readonly zones: readonly Zone[]
  /** When a list of this registry waits for a person; what is in force stays where it is left out. */
  readonly quarantine?: QuarantineLimits
}

/**
 * Our account at a registry: what its contract says, which goes before the registry's profile. The password, and the key of a
 * client certificate, are the catcher's configuration, never here.
 */
export type RegistryAccount = AccountTerms & {
  readonly clid: string
  readonly isSimulator: boolean
  /** The address of ours that the registry lets in; whichever the system takes where it is left out. */
  readonly sourceAddress?: string
  /** The name of a certificate among the catcher's credentials, where the registry wants one. */
  readonly clientCertificate?: string
}

export type Zone = {
  readonly name: string
  readonly standardFeeMinor: bigint
  /** What a year's renewal costs us; left out, as much as the create. */
  readonly renewFeeMinor?: bigint
  readonly feeCurrency: string
  /**
   * Whether it can have premium names, as it can unless it is known to have none: then no create leaves without the standard fee as
   * its cap (rule 3), and none at all where the registry speaks no fee extension that we know.
   */
  readonly mayHavePremium?: boolean
  /** Base address of the RDAP that knows its names; asked where the registry refuses `info` about others' names. */
  readonly rdapUrl?: string
  /**
   * The contacts that a create carries: those without which the registry refuses it, and none where it takes none. Until the account
   * has them nothing is created there.
   */
  readonly contactRoles?: readonly ContactRole[]
  readonly cutoffLeadSeconds: number
  readonly dropTimeZone: string
  readonly dropStartsAt: string
  readonly dropLastsSeconds: number
  readonly earlySeconds: number
  readonly lateSeconds: number
  readonly graceSeconds: number
  readonly prices: readonly {
    readonly tier: string
    readonly currency: string
    readonly amountMinor: bigint
  }[]
  /** What a year's renewal costs a customer; a currency without a price is not renewed in. */
  readonly renewalPrices?: readonly { readonly currency: string; readonly perYearMinor: bigint }[]
}

/**
 * Defines a registry, our accounts at it and the zones it serves, or updates them: the operator's data of domain §2. What
 * is left out stays as it is; a limit that an account leaves out is its profile's. Throws Refusal('registry_profile_unknown') and
 * Refusal('registry_account_invalid') where an account can't be driven by its registry's profile. Listings and orders keep what was copied to them. Throws MixedWorlds: real registries and play
 * money, or simulated ones, do not share a database. Throws SecondAccount: a registry has one account of ours.
 */
export async function defineRegistry(ctx: Context, registry: DefineRegistry): Promise<void> {
  try {
    await inTransaction(ctx.db, (tx) => define(tx, registry))
  } catch (error) {
    if (violated(error, 'one_account_per_registry')) throw new SecondAccount(registry.id)
    throw error
  }
}

async function define(tx: Transaction<Database>, registry: DefineRegistry): Promise<void> {
  // Whoever adds a simulated one just now is waited for, and others wait for this; neither would see the other's.
  if (registry.accounts.some(({ isSimulator }) => !isSimulator))
    await sql`lock table registry_account in share row exclusive mode`.execute(tx)
  const profile = requireProfileId(registry.profile)
  await sql`
    insert into registry (id, profile) values (${registry.id}, ${profile})
    on conflict (id) do update set profile = excluded.profile`.execute(tx)
  if (registry.quarantine !== undefined) await setLimits(tx, registry.id, registry.quarantine)
  for (const account of registry.accounts) await putAccount(tx, registry.id, profile, account)
  await requireOneWorld(tx)
  for (const zone of registry.zones) await defineZone(tx, registry.id, zone)
}

async function defineZone(tx: Transaction<Database>, registryId: string, zone: Zone): Promise<void> {
  const values = {
    registry_id: registryId,
    standard_fee_minor: zone.standardFeeMinor,
    renew_fee_minor: zone.renewFeeMinor ?? zone.standardFeeMinor,
    fee_currency: zone.feeCurrency,
    ...(zone.mayHavePremium !== undefined && { may_have_premium: zone.mayHavePremium }),
    ...(zone.contactRoles !== undefined && { contact_roles: [...zone.contactRoles] }),
    ...(zone.rdapUrl !== undefined && { rdap_url: zone.rdapUrl }),
    cutoff_lead_seconds: zone.cutoffLeadSeconds,
    drop_time_zone: zone.dropTimeZone,
    drop_starts_at: zone.dropStartsAt,
    drop_lasts_seconds: zone.dropLastsSeconds,
    early_seconds: zone.earlySeconds,
    late_seconds: zone.lateSeconds,
    grace_seconds: zone.graceSeconds,
  }
  await tx
    .insertInto('zone')
    .values({ name: zone.name, ...values })
    .onConflict((on) => on.column('name').doUpdateSet(values))
    .execute()
  await followFee(tx, zone.name)
  for (const { tier, currency, amountMinor } of zone.prices) {
    await tx
      .insertInto('price')
      .values({ zone: zone.name, tier, currency, amount_minor: amountMinor })
      .onConflict((on) => on.columns(['zone', 'tier', 'currency']).doUpdateSet({ amount_minor: amountMinor }))
      .execute()
  }
  for (const { currency, perYearMinor } of zone.renewalPrices ?? []) {
    await tx
      .insertInto('renewal_price')
      .values({ zone: zone.name, currency, per_year_minor: perYearMinor })
      .onConflict((on) => on.columns(['zone', 'currency']).doUpdateSet({ per_year_minor: perYearMinor }))
      .execute()
  }
}

/** What is still to be caught is capped by the standard fee as it is now: a fee that was out of date can be mended in a drop. */
async function followFee(tx: Transaction<Database>, zone: string): Promise<void> {
  await sql`
    with stale as (
      select catch_target.id, zone.standard_fee_minor + zone.phase_fee_minor as fee_minor, zone.fee_currency
      from zone join listing on listing.zone = zone.name join catch_target on catch_target.listing_id = listing.id
      where zone.name = ${zone} and catch_target.decided_at is null
        and (fee_max_minor, catch_target.fee_currency)
          is distinct from (zone.standard_fee_minor + zone.phase_fee_minor, zone.fee_currency)
      order by catch_target.id for update of catch_target)
    update catch_target set fee_max_minor = stale.fee_minor, fee_currency = stale.fee_currency
    from stale where catch_target.id = stale.id`.execute(tx)
}

async function setLimits(tx: Transaction<Database>, id: string, limits: QuarantineLimits): Promise<void> {
  await tx
    .updateTable('registry')
    .set({
      suspected_percent_max: limits.suspectedPercentMax,
      moved_percent_max: limits.movedPercentMax,
      rows_percent_min: limits.rowsPercentMin,
    })
    .where('id', '=', id)
    .execute()
}
