import type { Account } from './account.ts'
import { zoneOf } from './names.ts'
import type { Entry, NameRecord, Operation } from './records.ts'
import type { Registry } from './registry.ts'

/** The most entries of a report, about 100 MB. Later ones are only counted. */
const ENTRIES_MAX = 1_000_000

/** Whether the deposit of the account covers `minor` more. */
export function covers(account: Account | undefined, minor: number): boolean {
  return account?.depositMinor === undefined || account.spentMinor + minor <= account.depositMinor
}

function charge(account: Account, { operation, class: tier, minor }: Entry): void {
  account.spentMinor += minor
  const key = `${operation} ${tier}`
  const charged = account.charged.get(key) ?? { operation, class: tier, count: 0, minor: 0 }
  charged.count += 1
  charged.minor += minor
  account.charged.set(key, charged)
}

/** Books a debit or a credit to its account, if the account is one of this registry. */
export function book(registry: Registry, charged: Omit<Entry, 'class'>): void {
  const entry = { ...charged, class: priceOf(registry, registry.names.get(charged.name)).class }
  const account = registry.accounts.get(entry.clid)
  if (account) charge(account, entry)
  if (registry.ledger.length < ENTRIES_MAX) registry.ledger.push(entry)
  else registry.ledgerDropped += 1
}

const HEADER = 'AT,ACCOUNT,OPERATION,NAME,YEARS,DEBIT,CREDIT,CURRENCY,SVTRID,CLASS\n'

function amount(minor: number): string {
  return (minor / 100).toFixed(2)
}

/** The account report: every debit and credit, of one account or of all, as CSV in the order of booking. */
export function* writeReport(registry: Registry, clid?: string): Generator<string> {
  yield HEADER
  const { currency } = registry.settings.fee
  for (const entry of registry.ledger) {
    if (clid !== undefined && entry.clid !== clid) continue
    const { minor } = entry
    const sides = minor < 0 ? `,${amount(-minor)}` : `${amount(minor)},`
    yield `${new Date(entry.atMs).toISOString()},${entry.clid},${entry.operation},${entry.name},${entry.years},${sides},` +
      `${currency},${entry.svTRID},${entry.class}\n`
  }
}

/** Commands that have a fee here (RFC 8748 §3.1). */
export type Priced = 'create' | 'renew' | 'restore'

type Price = { readonly class: string; readonly standard: boolean; readonly yearlyMinor: number }

/** The price of one year of the name. A premium name becomes premium only with its purge (rule 3), unless it is shown before. */
export function priceOf(registry: Registry, record: NameRecord | undefined): Price {
  const { fee } = registry.settings
  const isHidden = record?.stage === 'pending' && !fee.premiumBeforePurge
  if (record?.kind !== 'premium' || isHidden) {
    return { class: 'standard', standard: true, yearlyMinor: fee.standardMinor }
  }
  const tier = record.tier ?? 'premium'
  return { class: tier, standard: false, yearlyMinor: fee.tiers[tier] ?? fee.premiumMinor }
}

/** What a create costs in addition to its years, by zone (Dropzone's phase fee). */
function phaseFeeMinor(registry: Registry, name: string): number {
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

type FeeRefusal = { readonly code: 2003 | 2004 | 2306; readonly reason: string }

/**
 * Whether the agreed fee is accepted. A premium name needs one, unless the registry sells it at its price without one. For
 * other names it is optional.
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

type Tampering = {
  readonly name: string
  /** Any operation when absent. */
  readonly operation?: Operation | undefined
  /** Of the lines of that name and operation, from 0. */
  readonly index: number
  readonly how: 'drop' | 'double' | 'alter'
}

/** Drops, doubles or alters one line of the account report. The deposit does not change. False: there is no such line. */
export function tamperReport(registry: Registry, { name, operation, index, how }: Tampering): boolean {
  const { ledger } = registry
  const isMeant = (entry: Entry) =>
    entry.name === name && (operation === undefined || entry.operation === operation)
  const entry = ledger.filter(isMeant)[index]
  if (entry === undefined) return false
  const replaced = { drop: [], double: [entry, entry], alter: [{ ...entry, minor: entry.minor + 1 }] }[how]
  ledger.splice(ledger.indexOf(entry), 1, ...replaced)
  return true
}
