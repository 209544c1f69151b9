import type { ContactHandles, ContactRole } from '../contacts.ts'
import type { Answer, DomainInfo } from '../ports/registrar.ts'
import type { NameServer } from '../ports/registry-objects.ts'
import type { PaidTerm } from './auto-renewal.ts'

/**
 * Why a registration is no longer registered through us. `not_held`: the registry does not show it as ours any more, for example because
 * it was transferred · `deleted`: it was deleted because nobody renewed it.
 */
export type RegistrationEnd = 'not_held' | 'deleted'

/** `expired`: its holder has not renewed it; for some time it can still be renewed, then it is deleted. */
export type RegistrationState = 'registered' | 'expired' | 'ended'

/** A registration as we know it. */
export type RegistrationFacts = {
  readonly name: string
  /** The client id of our account that holds it. */
  readonly clid: string
  readonly crDate: Date
}

export type HeldAnswer =
  | { readonly kind: 'held'; readonly info: DomainInfo }
  | { readonly kind: 'not_held' }
  /** Not enough to decide. */
  | { readonly kind: 'undecided'; readonly reason: string }

/** Whether the registry's `info` shows this registration as ours. RFC 5731 §3.1.2. */
export function judgeHeld(answer: Answer<DomainInfo>, facts: RegistrationFacts): HeldAnswer {
  if (answer.kind !== 'answered') return undecided(answer.reason)
  if (answer.code === 2303) return { kind: 'not_held' }
  const { data } = answer
  if (answer.code !== 1000 || data === undefined) return undecided(`info answered ${answer.code}`)
  if (data.name.toLowerCase() !== facts.name) return undecided(`the answer is about ${data.name}`)
  if (data.clID !== facts.clid || isAnother(data, facts)) return { kind: 'not_held' }
  return { kind: 'held', info: data }
}

/** Whether the name was registered again since: ours, but another registration. In seconds, because some registries cut fractions. */
function isAnother({ crDate }: DomainInfo, facts: RegistrationFacts): boolean {
  return crDate !== undefined && seconds(crDate) !== seconds(facts.crDate)
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000)
}

function undecided(reason: string): HeldAnswer {
  return { kind: 'undecided', reason }
}

/** What an `info` shows of a registration. */
export type Confirmed = {
  readonly statuses: readonly string[]
  readonly rgpStatuses: readonly string[]
  readonly nameServers: readonly NameServer[]
  /** The ids of its contacts at the registry, by role. */
  readonly contacts: ContactHandles
  readonly expiresAt?: Date
}

/** What is kept of an `info`. A role that a registry has several contacts for is kept with the first. */
export function describeRegistration(info: DomainInfo): Confirmed {
  const { statuses, rgpStatuses, nameServers = [], registrant, contacts = [], exDate } = info
  const byRole = new Map<ContactRole, string>(registrant === undefined ? [] : [['registrant', registrant]])
  for (const { type, id } of contacts) if (!byRole.has(type)) byRole.set(type, id)
  return {
    statuses,
    rgpStatuses,
    nameServers,
    contacts: Object.fromEntries(byRole),
    ...(exDate !== undefined && { expiresAt: exDate }),
  }
}

/** How long what a registry said of a registration is good enough. Another registrar or a court may change it without us. */
const CONFIRM_EVERY_MS = 7 * 24 * 3_600_000

/** After an answer that decided nothing. */
const CONFIRM_AGAIN_MS = 3_600_000

/** A registry renews names by itself within this time after their expiry. */
const AUTO_RENEWED_WITHIN_MS = 3_600_000

/** How often a registry is asked about a name that has expired and that it has not renewed: soon after it does. */
const CONFIRM_EXPIRED_EVERY_MS = 6 * 3_600_000

/** When a registry is asked next about a registration; null: never. Soon after an expiry, because the registry may renew it by itself. */
export function confirmAgainAt(
  now: Date,
  kind: HeldAnswer['kind'],
  { expiresAt, autoRenewedUntil }: PaidTerm,
): Date | null {
  if (kind === 'not_held') return null
  if (kind === 'undecided') return later(now, CONFIRM_AGAIN_MS)
  const renewsAfter = later(autoRenewedUntil ?? expiresAt, AUTO_RENEWED_WITHIN_MS)
  if (now >= renewsAfter) return later(now, CONFIRM_EXPIRED_EVERY_MS)
  const weekly = later(now, CONFIRM_EVERY_MS)
  return weekly < renewsAfter ? weekly : renewsAfter
}

function later(instant: Date, ms: number): Date {
  return new Date(instant.getTime() + ms)
}
