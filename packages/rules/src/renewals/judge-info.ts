import type { Answer, DomainInfo } from '../ports/registrar.ts'
import { addYears } from '../schedule/add-years.ts'

export type HeldFacts = {
  readonly name: string
  /** The client id of the account that holds it. */
  readonly clid: string
  readonly crDate: Date
  /** The expiry that the renewal was ordered on. */
  readonly quotedExpiresAt: Date
  readonly years: number
  /** A renew may have reached the registry: an expiry that moved by the years asked for is its work. */
  readonly wasSent: boolean
}

export type HeldVerdict =
  /** Ours, and its expiry is the one that was quoted: a renew with that guard does what was ordered, once. */
  | { readonly kind: 'as_quoted' }
  | { readonly kind: 'renewed'; readonly expiresAt: Date }
  /** Renewed otherwise, by nobody's order of ours. */
  | { readonly kind: 'expiry_moved'; readonly expiresAt: Date }
  | { readonly kind: 'not_held' }
  /** Says neither; nothing may be settled by it. */
  | { readonly kind: 'undecided'; readonly reason: string }

/**
 * Decides a renewal by what the registry says of the name. The guard of a renew is a day (RFC 5731 §3.2.3), so days are
 * compared; a renew moves the expiry by exactly its years, so one that moved by others was moved by something else.
 */
export function judgeInfo(answer: Answer<DomainInfo>, facts: HeldFacts): HeldVerdict {
  if (answer.kind !== 'answered') return undecided(answer.reason)
  if (answer.code === 2303) return { kind: 'not_held' }
  const { data } = answer
  if (answer.code !== 1000 || data === undefined) return undecided(`info answered ${answer.code}`)
  if (data.name.toLowerCase() !== facts.name) return undecided(`the answer is about ${data.name}`)
  if (data.clID !== facts.clid || isAnother(data, facts)) return { kind: 'not_held' }
  if (data.statuses.includes('pendingRenew')) return undecided('a renewal is pending')
  const { exDate } = data
  if (exDate === undefined) return undecided('the answer tells no expiry')
  if (dayOf(exDate) === dayOf(facts.quotedExpiresAt)) return { kind: 'as_quoted' }
  const isOurWork = facts.wasSent && dayOf(exDate) === dayOf(addYears(facts.quotedExpiresAt, facts.years))
  return { kind: isOurWork ? 'renewed' : 'expiry_moved', expiresAt: exDate }
}

/** Registered anew since: the name is ours again, but not the registration that was to be renewed. Seconds: some cut fractions. */
function isAnother({ crDate }: DomainInfo, facts: HeldFacts): boolean {
  return crDate !== undefined && seconds(crDate) !== seconds(facts.crDate)
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000)
}

function undecided(reason: string): HeldVerdict {
  return { kind: 'undecided', reason }
}
