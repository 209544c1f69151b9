import type { Account } from './account.ts'
import { priceOf } from './fees.ts'
import type { Entry } from './records.ts'
import type { Registry } from './registry.ts'

/** What one report holds; older entries are gone from it, and the report says how many. About 100 MB. */
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
