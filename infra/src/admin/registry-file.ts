import type { DefineRegistry } from '@droplock/core/registries/define'
import type { RegistryDefinition } from '@droplock/core/registries/definition'
import type { RegistryAccount } from '@droplock/core/registries/put-account'
import type { Zone } from '@droplock/core/registries/put-zone'
import { limitColumns } from '@droplock/core/registries/read'
import { confirmationMeans } from '@droplock/rules/confirmations'
import { contactRoles } from '@droplock/rules/contacts'
import { formatMoney, type Money, parseCurrency, parseMoney } from '@droplock/rules/money'
import { Refusal } from '@droplock/rules/refusals'
import type { ContractLimits, RegistryHost } from '@droplock/rules/registries'
import { GRACE_SECONDS, releases } from '@droplock/rules/schedule/release'
import { localTime, timeZone } from '@droplock/settings/values'
import { z } from 'zod'
import { parseAs } from './arguments.ts'

// A registry as a file: JSON, with amounts as people write them. What a zone leaves out is as usual.

const word = z.string().min(1).max(100)
const seconds = z.int().min(0).max(31_536_000)
const percent = z.int().min(0).max(100)
const money = z.string().transform((text, context): Money => {
  const read = parseMoney(text)
  if (read !== undefined && read.amountMinor >= 0n) return read
  context.addIssue({ code: 'custom', message: 'must be an amount such as "10.26 USD"' })
  return z.NEVER
})
const zoneName = z
  .string()
  .regex(/^(xn--)?[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*$/, 'must be a zone such as "com.pl", as A-labels')
const host = z.strictObject({ host: word, port: z.int().default(700), server_name: word.optional() })
const whole = z.int().optional()

const limits = z.strictObject({
  sessions_max: whole,
  commands_per_second_max: whole,
  commands_per_minute_max: whole,
  idle_seconds_max: whole,
  session_life_seconds_max: whole,
  session_commands_max: whole,
  session_gap_ms: whole,
  name_gap_ms: whole,
  login_pause_ms: whole,
  error_pause_ms: whole,
  failed_creates_per_day_max: whole,
  checks_count_as_failed: z.boolean().optional(),
  transit_ms_max: whole,
  commands_in_flight_max: whole,
} satisfies Record<(typeof limitColumns)[keyof ContractLimits], z.ZodType>)

const account = z.strictObject({
  id: word,
  clid: z.string().min(3).max(16),
  simulator: z.boolean().default(false),
  hosts: z.array(host).min(1),
  drop_hosts: z.array(host).optional(),
  limits: limits.default({}),
  source_address: word.optional(),
  client_certificate: word.optional(),
})

const zone = z.strictObject({
  name: zoneName,
  fee: money,
  renew_fee: money.optional(),
  phase_fee: money.optional(),
  may_have_premium: z.boolean().default(true),
  contact_roles: z.array(z.enum(contactRoles)).default([]),
  rdap_url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  cutoff_lead_seconds: seconds.default(14_400),
  drop_time_zone: timeZone.default('UTC'),
  drop_starts_at: localTime.default('00:00'),
  drop_also_at: z.array(localTime).max(23).default([]),
  drop_lasts_seconds: seconds.min(1).default(86_400),
  early_seconds: seconds.default(0),
  late_seconds: seconds.default(60),
  release: z.enum(releases).optional(),
  grace_seconds: seconds.default(GRACE_SECONDS),
  grace_full_seconds: seconds.default(3_600),
  grace_probe_seconds: seconds.min(1).default(600),
  grace_share_percent: z.int().min(1).max(100).default(10),
  drift_earlier_seconds_max: seconds.default(900),
  drift_later_seconds_max: seconds.default(3_600),
  late_renewal_days: z.int().min(0).max(365).default(30),
  auto_renew_grace_days: z.int().min(1).max(366).default(45),
  prices: z.array(money).default([]),
  renewal_prices: z.array(money).default([]),
})

const registry = z.strictObject({
  id: word,
  profile: word,
  quarantine: z
    .strictObject({
      suspected_percent_max: percent,
      moved_percent_max: percent,
      rows_percent_min: percent,
      rejects_percent_max: percent.default(50),
    })
    .optional(),
  confirmation: z
    .strictObject({ by: z.array(z.enum(confirmationMeans)), rdap_per_minute_max: z.int() })
    .optional(),
  account: account.optional(),
  /** Instead of `account`, where there are several. */
  accounts: z.array(account).min(1).optional(),
  zones: z.array(zone).default([]),
})

/** What the file says. Throws Refusal('invalid_request'), which names every member that is wrong. */
export function parseRegistry(text: string): DefineRegistry {
  const { id, profile, quarantine, confirmation, account: one, accounts, zones } = parseAs(registry, text)
  if (one !== undefined && accounts !== undefined)
    throw new Refusal('invalid_request', 'A registry has an account or a list of accounts, not both.')
  const ours = accounts ?? (one === undefined ? [] : [one])
  return {
    id,
    profile,
    accounts: ours.map(toAccount),
    zones: zones.map(toZone),
    ...(confirmation && {
      confirmation: { by: confirmation.by, rdapPerMinuteMax: confirmation.rdap_per_minute_max },
    }),
    ...(quarantine && {
      quarantine: {
        suspectedPercentMax: quarantine.suspected_percent_max,
        movedPercentMax: quarantine.moved_percent_max,
        rowsPercentMin: quarantine.rows_percent_min,
        rejectsPercentMax: quarantine.rejects_percent_max,
      },
    }),
  }
}

function toAccount(ours: z.output<typeof account>): RegistryAccount {
  return {
    id: ours.id,
    clid: ours.clid,
    isSimulator: ours.simulator,
    hosts: ours.hosts.map(toHost),
    limits: toLimits(ours.limits),
    ...(ours.drop_hosts && { dropHosts: ours.drop_hosts.map(toHost) }),
    ...(ours.source_address && { sourceAddress: ours.source_address }),
    ...(ours.client_certificate && { clientCertificate: ours.client_certificate }),
  }
}

/** Members have the names of the columns. */
function toLimits(read: z.output<typeof limits>): ContractLimits {
  const given = Object.entries(limitColumns).map(([member, column]) => [member, read[column]])
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

function fromLimits(ours: ContractLimits): z.input<typeof limits> {
  const given = Object.entries(ours).map(([limit, value]) => [
    limitColumns[limit as keyof ContractLimits],
    value,
  ])
  return Object.fromEntries(given)
}

function toHost({ server_name, ...rest }: z.output<typeof host>): RegistryHost {
  return server_name === undefined ? rest : { ...rest, serverName: server_name }
}

function toZone(read: z.output<typeof zone>): Zone {
  const fees = [
    read.fee,
    read.renew_fee ?? read.fee,
    read.phase_fee ?? { ...read.fee, amountMinor: 0n },
  ] as const
  const [fee, renewFee, phaseFee] = fees
  if (fees.some(({ currency }) => currency !== fee.currency))
    throw new Refusal('invalid_request', `Zone ${read.name}: its fees are in one currency.`)
  return {
    name: read.name,
    standardFeeMinor: fee.amountMinor,
    renewFeeMinor: renewFee.amountMinor,
    phaseFeeMinor: phaseFee.amountMinor,
    feeCurrency: fee.currency,
    mayHavePremium: read.may_have_premium,
    rdapUrl: read.rdap_url,
    contactRoles: read.contact_roles,
    cutoffLeadSeconds: read.cutoff_lead_seconds,
    dropTimeZone: read.drop_time_zone,
    dropStartsAt: read.drop_starts_at,
    dropAlsoAt: read.drop_also_at,
    dropLastsSeconds: read.drop_lasts_seconds,
    earlySeconds: read.early_seconds,
    lateSeconds: read.late_seconds,
    graceSeconds: read.grace_seconds,
    ...(read.release && { release: read.release }),
    graceFullSeconds: read.grace_full_seconds,
    graceProbeSeconds: read.grace_probe_seconds,
    graceSharePercent: read.grace_share_percent,
    driftEarlierSecondsMax: read.drift_earlier_seconds_max,
    driftLaterSecondsMax: read.drift_later_seconds_max,
    lateRenewalDays: read.late_renewal_days,
    autoRenewGraceDays: read.auto_renew_grace_days,
    prices: read.prices.map((price) => ({ tier: 'standard', ...price })),
    renewalPrices: read.renewal_prices.map(({ currency, amountMinor }) => ({
      currency,
      perYearMinor: amountMinor,
    })),
  }
}

/** The file of a registry as it is: `parseRegistry` reads it back. */
export function writeRegistry({
  id,
  profile,
  quarantine,
  confirmation,
  accounts,
  zones,
}: RegistryDefinition): string {
  const [ours, ...others] = accounts.map(fromAccount)
  const file = {
    id,
    profile,
    quarantine: {
      suspected_percent_max: quarantine.suspectedPercentMax,
      moved_percent_max: quarantine.movedPercentMax,
      rows_percent_min: quarantine.rowsPercentMin,
      rejects_percent_max: quarantine.rejectsPercentMax,
    },
    confirmation: { by: [...confirmation.by], rdap_per_minute_max: confirmation.rdapPerMinuteMax },
    ...(ours && (others.length === 0 ? { account: ours } : { accounts: [ours, ...others] })),
    zones: zones.map(fromZone),
  } satisfies z.input<typeof registry>
  return JSON.stringify(file, undefined, 2)
}

function fromAccount(ours: RegistryAccount): z.input<typeof account> {
  return {
    id: ours.id,
    clid: ours.clid,
    simulator: ours.isSimulator,
    hosts: ours.hosts.map(fromHost),
    limits: fromLimits(ours.limits ?? {}),
    ...(ours.dropHosts && { drop_hosts: ours.dropHosts.map(fromHost) }),
    ...(ours.sourceAddress && { source_address: ours.sourceAddress }),
    ...(ours.clientCertificate && { client_certificate: ours.clientCertificate }),
  }
}

function fromHost({ serverName, ...rest }: RegistryHost): z.input<typeof host> {
  return serverName === undefined ? rest : { ...rest, server_name: serverName }
}

function fromZone(stored: Required<Zone>): z.input<typeof zone> {
  const fee = (amountMinor: bigint) => moneyText(amountMinor, stored.feeCurrency)
  return {
    name: stored.name,
    fee: fee(stored.standardFeeMinor),
    renew_fee: fee(stored.renewFeeMinor),
    phase_fee: fee(stored.phaseFeeMinor),
    may_have_premium: stored.mayHavePremium,
    rdap_url: stored.rdapUrl,
    contact_roles: [...stored.contactRoles],
    cutoff_lead_seconds: stored.cutoffLeadSeconds,
    drop_time_zone: stored.dropTimeZone,
    drop_starts_at: stored.dropStartsAt,
    drop_also_at: [...stored.dropAlsoAt],
    drop_lasts_seconds: stored.dropLastsSeconds,
    early_seconds: stored.earlySeconds,
    late_seconds: stored.lateSeconds,
    release: stored.release,
    grace_seconds: stored.graceSeconds,
    grace_full_seconds: stored.graceFullSeconds,
    grace_probe_seconds: stored.graceProbeSeconds,
    grace_share_percent: stored.graceSharePercent,
    drift_earlier_seconds_max: stored.driftEarlierSecondsMax,
    drift_later_seconds_max: stored.driftLaterSecondsMax,
    late_renewal_days: stored.lateRenewalDays,
    auto_renew_grace_days: stored.autoRenewGraceDays,
    prices: stored.prices
      .filter(({ tier }) => tier === 'standard')
      .map(({ amountMinor, currency }) => moneyText(amountMinor, currency)),
    renewal_prices: stored.renewalPrices.map(({ perYearMinor, currency }) =>
      moneyText(perYearMinor, currency),
    ),
  }
}

function moneyText(amountMinor: bigint, currency: string): string {
  return formatMoney({ amountMinor, currency: parseCurrency(currency) })
}
