import { isDeepStrictEqual } from 'node:util'
import { type ConfirmationTerms, isConfirmationMeans } from '@droplock/rules/confirmations'
import { isContactRole } from '@droplock/rules/contacts'
import type { QuarantineLimits } from '@droplock/rules/lists'
import { Refusal } from '@droplock/rules/refusals'
import type { Kysely } from 'kysely'
import type { Facts } from '../audit/chain.ts'
import { type OperatorContext, requirePermission } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { readTierPrices } from '../prices/put-tier-prices.ts'
import type { RegistryAccount } from './put-account.ts'
import type { Zone } from './put-zone.ts'
import { getRegistryAccount } from './read.ts'

/** All settings of a registry. */
export type RegistryDefinition = {
  readonly id: string
  /** Raised by each change. */
  readonly version: number
  readonly profile: string
  readonly quarantine: QuarantineLimits
  readonly confirmation: ConfirmationTerms
  readonly accounts: readonly RegistryAccount[]
  readonly zones: readonly Required<Zone>[]
}

/** The registry in the form that `defineRegistry` accepts, zones by name; undefined where there is none. */
export async function readDefinition(
  db: Kysely<Database>,
  id: string,
): Promise<RegistryDefinition | undefined> {
  const registry = await db.selectFrom('registry').selectAll().where('id', '=', id).executeTakeFirst()
  if (registry === undefined) return undefined
  const ids = await db
    .selectFrom('registry_account')
    .select('id')
    .where('registry_id', '=', id)
    .orderBy('id')
    .execute()
  const accounts: RegistryAccount[] = []
  for (const account of ids) accounts.push(await readTerms(db, account.id))
  return {
    id,
    version: registry.version,
    profile: registry.profile,
    quarantine: {
      suspectedPercentMax: registry.suspected_percent_max,
      movedPercentMax: registry.moved_percent_max,
      rowsPercentMin: registry.rows_percent_min,
      rejectsPercentMax: registry.rejects_percent_max,
    },
    confirmation: {
      by: registry.confirm_by.filter(isConfirmationMeans),
      rdapPerMinuteMax: registry.rdap_per_minute_max,
    },
    accounts,
    zones: await readZones(db, id),
  }
}

async function readTerms(db: Kysely<Database>, id: string): Promise<RegistryAccount> {
  const account = await getRegistryAccount({ db }, id)
  return {
    id,
    clid: account.clid,
    isSimulator: account.isSimulator,
    hosts: account.hosts,
    ...(account.dropHosts.length > 0 && { dropHosts: account.dropHosts }),
    limits: account.limits,
    ...(account.sourceAddress !== null && { sourceAddress: account.sourceAddress }),
    ...(account.clientCertificate !== null && { clientCertificate: account.clientCertificate }),
  }
}

async function readZones(db: Kysely<Database>, registryId: string): Promise<readonly Required<Zone>[]> {
  const zones = await db
    .selectFrom('zone')
    .selectAll()
    .where('registry_id', '=', registryId)
    .orderBy('name')
    .execute()
  const names = zones.map(({ name }) => name)
  if (names.length === 0) return []
  const prices = await readTierPrices(db, names)
  const renewals = await db
    .selectFrom('renewal_price')
    .selectAll()
    .where('zone', 'in', names)
    .orderBy('currency')
    .execute()
  const pricesOf = Map.groupBy(prices, ({ zone }) => zone)
  const renewalsOf = Map.groupBy(renewals, ({ zone }) => zone)
  return zones.map((zone) => ({
    name: zone.name,
    standardFeeMinor: zone.standard_fee_minor,
    renewFeeMinor: zone.renew_fee_minor,
    phaseFeeMinor: zone.phase_fee_minor,
    feeCurrency: zone.fee_currency,
    mayHavePremium: zone.may_have_premium,
    rdapUrl: zone.rdap_url,
    contactRoles: zone.contact_roles.filter(isContactRole),
    cutoffLeadSeconds: zone.cutoff_lead_seconds,
    dropTimeZone: zone.drop_time_zone,
    dropStartsAt: zone.drop_starts_at,
    dropAlsoAt: zone.drop_also_at,
    dropLastsSeconds: zone.drop_lasts_seconds,
    earlySeconds: zone.early_seconds,
    lateSeconds: zone.late_seconds,
    graceSeconds: zone.grace_seconds,
    release: zone.release,
    graceFullSeconds: zone.grace_full_seconds,
    graceProbeSeconds: zone.grace_probe_seconds,
    graceSharePercent: zone.grace_share_percent,
    lateRenewalDays: zone.late_renewal_days,
    autoRenewGraceDays: zone.auto_renew_grace_days,
    driftEarlierSecondsMax: zone.drift_earlier_seconds_max,
    driftLaterSecondsMax: zone.drift_later_seconds_max,
    prices: (pricesOf.get(zone.name) ?? []).map(({ tier, currency, amountMinor }) => ({
      tier,
      currency,
      amountMinor,
    })),
    renewalPrices: (renewalsOf.get(zone.name) ?? []).map(({ currency, per_year_minor }) => ({
      currency,
      perYearMinor: per_year_minor,
    })),
  }))
}

/** Which password an account uses, by its name among the catcher's credentials, and when it expires. */
export type PasswordReference = {
  readonly id: string
  readonly passwordName: string | null
  readonly passwordExpiresAt: Date | null
}

/** Throws Refusal('forbidden'). */
export async function listPasswordReferences(
  ctx: OperatorContext,
  registryId: string,
): Promise<readonly PasswordReference[]> {
  requirePermission(ctx, 'console:read')
  return ctx.db
    .selectFrom('registry_account')
    .select(['id', 'password_name as passwordName', 'password_expires_at as passwordExpiresAt'])
    .where('registry_id', '=', registryId)
    .execute()
}

/** All settings of a registry, our accounts there and its zones. Throws Refusal: forbidden, registry_not_found. */
export async function getRegistryDefinition(ctx: OperatorContext, id: string): Promise<RegistryDefinition> {
  requirePermission(ctx, 'console:read')
  const definition = await readDefinition(ctx.db, id)
  if (definition === undefined) throw new Refusal('registry_not_found', 'No such registry.', { id })
  return definition
}

/** A change of a registry, an account there or a zone; each has its own audit entry. Without `before` it is new. */
export type RegistryChange = {
  readonly subjectType: 'registry' | 'registry_account' | 'zone'
  readonly subjectId: string
  readonly before?: Facts
  readonly after: Facts
}

type Part = Pick<RegistryChange, 'subjectType' | 'subjectId'> & { readonly facts: Facts }

export function findChanges(
  before: RegistryDefinition | undefined,
  after: RegistryDefinition | undefined,
): readonly RegistryChange[] {
  const known = partsOf(before)
  return partsOf(after).flatMap(({ subjectType, subjectId, facts }) => {
    const old = known.find((part) => part.subjectType === subjectType && part.subjectId === subjectId)
    if (old === undefined) return [{ subjectType, subjectId, after: facts }]
    return isDeepStrictEqual(old.facts, facts)
      ? []
      : [{ subjectType, subjectId, before: old.facts, after: facts }]
  })
}

function partsOf(definition: RegistryDefinition | undefined): readonly Part[] {
  if (definition === undefined) return []
  const { id, profile, quarantine, confirmation, accounts, zones } = definition
  return [
    { subjectType: 'registry', subjectId: id, facts: { profile, quarantine, confirmation } },
    ...accounts.map(
      ({ id: subjectId, ...facts }): Part => ({ subjectType: 'registry_account', subjectId, facts }),
    ),
    ...zones.map(({ name: subjectId, ...facts }): Part => ({ subjectType: 'zone', subjectId, facts })),
  ]
}
