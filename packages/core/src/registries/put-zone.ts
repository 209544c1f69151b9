import type { ContactRole } from '@droplock/rules/contacts'
import { type RegistryProfileId, registryProfiles } from '@droplock/rules/registries'
import type { Release } from '@droplock/rules/schedule/release'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { fileZoneFeeChecks } from '../fee-checks/file.ts'
import { putTierPrices } from '../prices/put-tier-prices.ts'
import { dropSamePolicy, keepPastPolicy, requirePolicyOf } from '../zone-policy.ts'

export type Zone = {
  readonly name: string
  readonly standardFeeMinor: bigint
  /** What a year's renewal costs us; left out, the same as a create. */
  readonly renewFeeMinor?: bigint
  /** What the registry charges in addition for a create at the drop (Dropzone: 0, 2 or 4 USD). Left out, it stays; at first 0. */
  readonly phaseFeeMinor?: bigint
  readonly feeCurrency: string
  /**
   * Whether it can have premium names; at first true. Then every create carries the standard fee as its cap (rule 3), and none is sent
   * where the registry supports no fee extension that we know.
   */
  readonly mayHavePremium?: boolean
  /** Base address of its RDAP service; used where the registry refuses `info` about other registrars' names. */
  readonly rdapUrl?: string | null
  /**
   * The contacts that the registry requires in a create; none where it takes none. Until the account has them nothing is created
   * there. Left out, they stay; at first none.
   */
  readonly contactRoles?: readonly ContactRole[]
  readonly cutoffLeadSeconds: number
  readonly dropTimeZone: string
  readonly dropStartsAt: string
  /** Local starts of further batches of the day, ascending; left out, they stay; at first none. */
  readonly dropAlsoAt?: readonly string[]
  readonly dropLastsSeconds: number
  readonly earlySeconds: number
  readonly lateSeconds: number
  readonly graceSeconds: number
  /** How its registry releases names; left out, it stays; at first as registries of this profile do. */
  readonly release?: Release
  /**
   * The grace begins at the pace of the window (at first for an hour). Afterwards a name is tried once in `graceProbeSeconds` (at first
   * 600), and all names together have `graceSharePercent` (at first 10) of the account's rate and of its budget of failed creates.
   */
  readonly graceFullSeconds?: number
  readonly graceProbeSeconds?: number
  readonly graceSharePercent?: number
  /**
   * How much earlier (at first 900) and later (3600) submissions follow a registry that is off its schedule (rule 26).
   */
  readonly driftEarlierSecondsMax?: number
  readonly driftLaterSecondsMax?: number
  /**
   * Days after its expiry in which a name can still be renewed, at first 30; then it is deleted at the registry, which credits its own
   * renewal within `autoRenewGraceDays` (at first 45). Left out, they stay. ADR 28.
   */
  readonly lateRenewalDays?: number
  readonly autoRenewGraceDays?: number
  readonly prices: readonly ZonePrice[]
  /** What a year's renewal costs a customer. Without a price in a currency there is no renewal in it. */
  readonly renewalPrices?: readonly { readonly currency: string; readonly perYearMinor: bigint }[]
}

/** What a backorder in the zone costs a customer. Minor units. */
type ZonePrice = { readonly tier: string; readonly currency: string; readonly amountMinor: bigint }

/** What a zone costs us and asks for, without its policy and prices. */
export type ZoneTerms = Required<
  Pick<
    Zone,
    | 'name'
    | 'standardFeeMinor'
    | 'renewFeeMinor'
    | 'phaseFeeMinor'
    | 'mayHavePremium'
    | 'contactRoles'
    | 'rdapUrl'
    | 'lateRenewalDays'
    | 'autoRenewGraceDays'
  >
>

/** Changes the terms of a zone. The cap of names that are not decided follows its fee at once. */
export async function editZone(tx: Transaction<Database>, zone: ZoneTerms): Promise<void> {
  await tx
    .updateTable('zone')
    .set({
      standard_fee_minor: zone.standardFeeMinor,
      renew_fee_minor: zone.renewFeeMinor,
      phase_fee_minor: zone.phaseFeeMinor,
      may_have_premium: zone.mayHavePremium,
      contact_roles: [...zone.contactRoles],
      rdap_url: zone.rdapUrl,
      late_renewal_days: zone.lateRenewalDays,
      auto_renew_grace_days: zone.autoRenewGraceDays,
    })
    .where('name', '=', zone.name)
    .execute()
  await followFee(tx, zone.name)
  if (zone.mayHavePremium) await fileZoneFeeChecks(tx, zone.name)
}

/** Creates or updates the zone; a price that is left out stays. */
export async function putZone(
  tx: Transaction<Database>,
  registry: { readonly id: string; readonly profile: RegistryProfileId },
  zone: Zone,
): Promise<void> {
  await keepPastPolicy(tx, zone.name)
  const values = {
    registry_id: registry.id,
    standard_fee_minor: zone.standardFeeMinor,
    renew_fee_minor: zone.renewFeeMinor ?? zone.standardFeeMinor,
    ...(zone.phaseFeeMinor !== undefined && { phase_fee_minor: zone.phaseFeeMinor }),
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
    ...(zone.dropAlsoAt !== undefined && { drop_also_at: [...zone.dropAlsoAt] }),
    ...(zone.release !== undefined && { release: zone.release }),
    ...(zone.graceFullSeconds !== undefined && { grace_full_seconds: zone.graceFullSeconds }),
    ...(zone.graceProbeSeconds !== undefined && { grace_probe_seconds: zone.graceProbeSeconds }),
    ...(zone.graceSharePercent !== undefined && { grace_share_percent: zone.graceSharePercent }),
    ...(zone.driftEarlierSecondsMax !== undefined && {
      drift_earlier_seconds_max: zone.driftEarlierSecondsMax,
    }),
    ...(zone.driftLaterSecondsMax !== undefined && { drift_later_seconds_max: zone.driftLaterSecondsMax }),
    ...(zone.lateRenewalDays !== undefined && { late_renewal_days: zone.lateRenewalDays }),
    ...(zone.autoRenewGraceDays !== undefined && { auto_renew_grace_days: zone.autoRenewGraceDays }),
  }
  await tx
    .insertInto('zone')
    .values({ name: zone.name, release: registryProfiles[registry.profile].release, ...values })
    .onConflict((on) =>
      on.column('name').doUpdateSet({ ...values, policy_version: sql`zone.policy_version + 1` }),
    )
    .execute()
  await requirePolicyOf(tx, zone.name)
  await dropSamePolicy(tx, zone.name)
  await followFee(tx, zone.name)
  if (zone.mayHavePremium === true) await fileZoneFeeChecks(tx, zone.name)
  await putTierPrices(tx, zone.name, zone.prices)
  for (const { currency, perYearMinor } of zone.renewalPrices ?? [])
    await putRenewalPrice(tx, zone.name, currency, perYearMinor)
}

export async function putRenewalPrice(
  tx: Transaction<Database>,
  zone: string,
  currency: string,
  perYearMinor: bigint,
): Promise<void> {
  await tx
    .insertInto('renewal_price')
    .values({ zone, currency, per_year_minor: perYearMinor })
    .onConflict((on) => on.columns(['zone', 'currency']).doUpdateSet({ per_year_minor: perYearMinor }))
    .execute()
}

/** Undecided targets get the zone's current standard fee as their cap, so that an outdated fee can be corrected during a drop. */
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
