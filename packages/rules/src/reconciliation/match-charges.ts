import { equals, formatMoney, type Money } from '../money.ts'
import type { Finding } from './finding.ts'

/** What a registry took from our account, as we booked it. */
export type Charge = {
  readonly id: string
  readonly kind: 'registration' | 'renewal' | 'restore'
  readonly name: string
  readonly amount: Money
  /** Whether the registry said that it took this, or the fees of the zone are all that is known. */
  readonly basis: 'answered' | 'configured'
  readonly chargedAt: Date
  /** The registry's id of the command, where it told us. */
  readonly svTRID?: string | undefined
}

/** One line of its account report. */
export type Entry = {
  readonly line: number
  readonly at: Date
  /** In the registry's words. */
  readonly operation: string
  readonly name: string
  /** What it cost us; negative came back. */
  readonly amount: Money
  readonly svTRID?: string | undefined
}

type ChargeTerms = {
  readonly source: string
  /** What either side had by then, the other must have by now. */
  readonly dueBefore: Date
  /** From when on the report speaks; what we booked before need not be in it, unless it was missed already. */
  readonly speaksFrom?: Date | undefined
  readonly missedAlready?: ReadonlySet<string> | undefined
}

/** What registries call it. Another word costs us nothing that we booked, so it is unknown here. */
const kindByOperation: ReadonlyMap<string, Charge['kind']> = new Map([
  ['create', 'registration'],
  ['award', 'registration'],
  ['renew', 'renewal'],
  ['restore', 'restore'],
])

/**
 * Holds all charges and entries of one name at one registry account against each other: by the registry's id of the command,
 * and where one side lacks it, in the order of time. An entry left over is doubled where its like was matched, else unknown.
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
  // An entry with the id of one that is matched is that one once more, and explains nothing else.
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
  const detail = `${operation} of ${name}, ${formatMoney(amount)}, stands more than once in the account report`
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

/** One command is booked once: two lines of it are one too many. Without its id, lines of one instant are. */
function isCopy(one: Entry, other: Entry): boolean {
  if (one.svTRID !== undefined && other.svTRID !== undefined) return one.svTRID === other.svTRID
  return one.operation === other.operation && one.at.getTime() === other.at.getTime()
}

function idsOf({ svTRID }: { readonly svTRID?: string | undefined }): readonly string[] {
  return svTRID === undefined ? [] : [svTRID]
}
