import { zoneOf } from './domain-name.ts'
import type { NameRecord } from './records.ts'
import type { Registry } from './registry.ts'

/** Commands that cost (RFC 8748 §3.1), less those that are free or not taken here. */
export type Priced = 'create' | 'renew' | 'restore'

export type Price = { readonly class: string; readonly standard: boolean; readonly yearlyMinor: number }

/** A year of the name: a premium name becomes so only by its purge (rule 3). */
export function priceOf(registry: Registry, record: NameRecord | undefined): Price {
  const { fee } = registry.settings
  if (record?.kind !== 'premium' || record.stage === 'pending') {
    return { class: 'standard', standard: true, yearlyMinor: fee.standardMinor }
  }
  const tier = record.tier ?? 'premium'
  return { class: tier, standard: false, yearlyMinor: fee.tiers[tier] ?? fee.premiumMinor }
}

/** What a create costs on top of its years, by the zone (Dropzone's phase fee). */
export function phaseFeeMinor(registry: Registry, name: string): number {
  const { zones, fee } = registry.settings
  return fee.phaseFeeMinor[zoneOf(name, zones) ?? ''] ?? 0
}

/** The whole fee of a command. A restore is charged as one year. */
export function feeMinor(
  registry: Registry,
  record: NameRecord | undefined,
  name: string,
  priced: Priced,
  years: number,
): number {
  const { yearlyMinor } = priceOf(registry, record)
  if (priced === 'restore') return yearlyMinor
  return yearlyMinor * years + (priced === 'create' ? phaseFeeMinor(registry, name) : 0)
}

/** The fee a client agreed to (RFC 8748): the sum of its parts. */
export type AgreedFee = { readonly minor: number; readonly currency: string | undefined }

export type FeeRefusal = { readonly code: 2003 | 2004 | 2306; readonly reason: string }

/**
 * Whether the agreed fee will do. A name that is not standard needs one, unless the registry sells at an open price; for
 * others it is the client's choice.
 */
export function judgeFee(
  registry: Registry,
  record: NameRecord | undefined,
  dueMinor: number,
  agreed: AgreedFee | undefined,
): FeeRefusal | undefined {
  const { fee } = registry.settings
  if (agreed === undefined) {
    const { standard } = priceOf(registry, record)
    return standard || fee.premiumWithoutFee === 'sold'
      ? undefined
      : { code: 2003, reason: 'Premium name: the fee must be given' }
  }
  if ((agreed.currency ?? fee.currency) !== fee.currency) {
    return { code: fee.wrongCurrencyCode, reason: `Fees are in ${fee.currency}` }
  }
  const suffices = agreed.minor === dueMinor || (agreed.minor > dueMinor && fee.higherFee === 'taken')
  return suffices ? undefined : { code: 2004, reason: 'The fee is another' }
}
