import { equals, formatMoney, type Money } from '../money.ts'
import type { Finding } from './finding.ts'

/** What a registry charged to our account, as we booked it. */
export type Charge = {
  readonly id: string
  readonly kind: 'registration' | 'renewal' | 'restore' | 'auto_renewal' | 'auto_renewal_credit'
  readonly name: string
  /** Negative: a credit. */
  readonly amount: Money
  /** `answered`: the registry's answer stated the fee. `configured`: the fees of the zone. */
  readonly basis: 'answered' | 'configured'
  readonly chargedAt: Date
  /** The registry's id of the command, if its answer had one. */
  readonly svTRID?: string | undefined
}

/** One line of its account report. */
export type Entry = {
  readonly line: number
  readonly at: Date
  /** In the registry's words. */
  readonly operation: string
  readonly name: string
  /** What it cost us; negative: a credit. */
  readonly amount: Money
  readonly svTRID?: string | undefined
}

type ChargeTerms = {
  readonly source: string
  /** What one side had by then, the other must have by now. */
  readonly dueBefore: Date
  /** The report's first instant; earlier charges need not be in it, unless an item says that they are missing. */
  readonly speaksFrom?: Date | undefined
  readonly missedAlready?: ReadonlySet<string> | undefined
}

/** The operations of reports. Any other is unknown here, because we book none for it. */
const kindByOperation: ReadonlyMap<string, Charge['kind']> = new Map([
  ['create', 'registration'],
  ['award', 'registration'],
  ['renew', 'renewal'],
  ['restore', 'restore'],
  ['autorenew', 'auto_renewal'],
  ['delete_in_auto_renew_period', 'auto_renewal_credit'],
])

/**
 * Matches all charges and entries of one name at one registry account: by the registry's id of the command, and where one side lacks it,
 * in the order of time. A remaining entry is `doubled` if it copies a matched one, else `unknown_here`.
 */
export function matchCharges(
  charges: readonly Charge[],
  entries: readonly Entry[],
  terms: ChargeTerms,
): readonly Finding[] {
  const pairs = new Map<Charge, Entry>()
  const left = new Set(entries.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.line - b.line))
  const pair = (charge: Charge, isIts: (entry: Entry) => boolean) => {
    if (pairs.has(charge)) return
    const entry = [...left].find(isIts)
    if (entry === undefined) return
    pairs.set(charge, entry)
    left.delete(entry)
  }
  const ordered = charges.toSorted((a, b) => a.chargedAt.getTime() - b.chargedAt.getTime())
  for (const charge of ordered)
    pair(charge, (entry) => charge.svTRID !== undefined && entry.svTRID === charge.svTRID)
  const taken = new Set([...pairs.values()].map(({ svTRID }) => svTRID))
  // An entry with the id of a matched one is its copy, and matches no other charge.
  const isFree = (entry: Entry) => entry.svTRID === undefined || !taken.has(entry.svTRID)
  for (const charge of ordered) pair(charge, (entry) => isFree(entry) && isLike(entry, charge))
  return [
    ...ordered.flatMap((charge) => judgeCharge(charge, pairs.get(charge), terms)),
    ...[...left].flatMap((entry) => judgeSurplus(entry, pairs, terms)),
  ]
}

function isLike(entry: Entry, charge: Charge): boolean {
  return kindByOperation.get(entry.operation) === charge.kind
}

const basisTexts = { answered: "the registry's answer", configured: "the zone's fees" } as const

function judgeCharge(charge: Charge, entry: Entry | undefined, terms: ChargeTerms): Finding[] {
  const { kind, id, name, amount } = charge
  const booked = `${formatMoney(amount)} by ${basisTexts[charge.basis]}`
  const base = {
    side: 'registry',
    source: terms.source,
    subject: `${kind} ${id}`,
    ours: { type: kind, id },
    oursAmount: amount,
  } as const
  if (entry === undefined) {
    if (!isDue(charge, terms)) return []
    const detail = `${kind} of ${name}, ${booked}, is not in the account report`
    return [{ ...base, kind: 'missing_there', theirIds: idsOf(charge), detail }]
  }
  const theirs = entry.amount
  if (equals(theirs, amount) && isLike(entry, charge)) return []
  const detail = `${kind} of ${name}: we have ${booked}, the report has ${entry.operation}, ${formatMoney(theirs)}`
  return [{ ...base, kind: 'altered', theirIds: idsOf(entry), theirsAmount: theirs, detail }]
}

function isDue({ id, chargedAt }: Charge, { dueBefore, speaksFrom, missedAlready }: ChargeTerms): boolean {
  if (chargedAt >= dueBefore) return false
  return speaksFrom === undefined || chargedAt >= speaksFrom || missedAlready?.has(id) === true
}

function judgeSurplus(entry: Entry, pairs: ReadonlyMap<Charge, Entry>, terms: ChargeTerms): Finding[] {
  if (entry.at >= terms.dueBefore) return []
  const { operation, name, amount } = entry
  const original = [...pairs].find(([, paired]) => isCopy(paired, entry))
  const base = {
    side: 'registry',
    source: terms.source,
    theirIds: idsOf(entry),
    theirsAmount: amount,
  } as const
  if (original === undefined) {
    const detail = `${operation} of ${name} at ${entry.at.toISOString()}, ${formatMoney(amount)}, is not in our books`
    const subject = `${operation} ${name} ${entry.svTRID ?? entry.at.toISOString()}`
    return [{ ...base, kind: 'unknown_here', subject, detail }]
  }
  const [charge] = original
  const detail = `${operation} of ${name}, ${formatMoney(amount)}, appears more than once in the account report`
  return [
    {
      ...base,
      kind: 'doubled',
      subject: `${charge.kind} ${charge.id}`,
      ours: { type: charge.kind, id: charge.id },
      oursAmount: charge.amount,
      detail,
    },
  ]
}

/** Two lines of one command are a copy; without its id, two lines of the same instant. */
function isCopy(one: Entry, other: Entry): boolean {
  if (one.svTRID !== undefined && other.svTRID !== undefined) return one.svTRID === other.svTRID
  return one.operation === other.operation && one.at.getTime() === other.at.getTime()
}

function idsOf({ svTRID }: { readonly svTRID?: string | undefined }): readonly string[] {
  return svTRID === undefined ? [] : [svTRID]
}
