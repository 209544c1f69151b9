import { ageOf, decideByInfo } from './drop/decide-by-info.ts'
import { decideByRdap } from './drop/decide-by-rdap.ts'
import type { RdapAnswer } from './ports/rdap.ts'
import type { Answer, DomainInfo } from './ports/registrar.ts'
import { Refusal } from './refusals.ts'

/** How a registry is asked what became of a suspect: by EPP `info`, or by its RDAP server. */
export const confirmationMeans = ['info', 'rdap'] as const

export type ConfirmationMeans = (typeof confirmationMeans)[number]

export function isConfirmationMeans(text: string): text is ConfirmationMeans {
  return confirmationMeans.some((means) => means === text)
}

/** How suspects of a registry are confirmed: operator data (rule 13). */
export type ConfirmationTerms = {
  /** The means that the registry offers, in the order in which they are used. */
  readonly by: readonly ConfirmationMeans[]
  /** Requests that its RDAP server accepts from us in a minute, of all processes together. */
  readonly rdapPerMinuteMax: number
}

/** More than any registry allows. */
export const RDAP_PER_MINUTE_MAX = 6_000

/** Throws Refusal('confirmation_invalid'). */
export function requireConfirmationTerms(terms: ConfirmationTerms): ConfirmationTerms {
  const { by, rdapPerMinuteMax } = terms
  if (by.length === 0 || new Set(by).size !== by.length)
    throw new Refusal('confirmation_invalid', 'Name info, rdap or both, each once.')
  if (!Number.isInteger(rdapPerMinuteMax) || rdapPerMinuteMax < 1 || rdapPerMinuteMax > RDAP_PER_MINUTE_MAX)
    throw new Refusal(
      'confirmation_invalid',
      `An RDAP server is asked 1 to ${RDAP_PER_MINUTE_MAX} times a minute.`,
    )
  return terms
}

/** How the question about a suspect ended. `listed`: a later list has the name. `ended`: its drop began, or it ended otherwise. */
export type ConfirmationResult = 'pending_delete' | 'withdrawn' | 'listed' | 'ended'

/**
 * `pending_delete`: it is still to be deleted, so it is no suspect any more. `withdrawn`: it stays registered, or is registered anew.
 * `gone`: not registered, before its time. `undecided`: nothing that decides.
 */
export type ConfirmationVerdict = 'pending_delete' | 'withdrawn' | 'gone' | 'undecided'

export type SuspectFacts = {
  readonly name: string
  /** The client ids of all our accounts at this registry. */
  readonly ourClids: ReadonlySet<string>
  /** When it was listed: the registration that is to be deleted is older. */
  readonly listedAt: Date
  readonly suspectSince: Date
  readonly dropTo: Date
  /** crDate of the registration that is to be deleted, where it is known. */
  readonly priorCrDate?: Date | undefined
}

/** `finding`: what the answer shows, or why it decides nothing, as a text for operators. */
export type Confirmed = { readonly verdict: ConfirmationVerdict; readonly finding: string }

/** Decides by `info` whether a suspect is still to be deleted (rules 15, 21, ADR 22). `now`: when it was answered. */
export function confirmByInfo(answer: Answer<DomainInfo>, facts: SuspectFacts, now: Date): Confirmed {
  const { name, ourClids, priorCrDate, listedAt: armedAt } = facts
  const shown = decideByInfo(answer, name, { ourClids, priorCrDate, armedAt })
  switch (shown.kind) {
    case 'gone':
      return gone
    case 'undecided':
      return undecided(shown.reason)
    case 'not_ours':
      return undecided('the registry shows this name to its registrar only')
    case 'pending':
      return undecided('a create is pending')
    case 'ours':
      return undecided('it is registered to us')
    case 'other':
    case 'not_purged':
    case 'withdrawn': {
      const info = answer.kind === 'answered' ? answer.data : undefined
      if (info === undefined) return undecided('no data')
      if (ageOf(info.crDate, { priorCrDate, armedAt }) === 'new') return registeredAnew
      if (info.rgpStatuses.includes('pendingDelete')) return pendingDelete
      return decideByStatuses([...info.statuses, ...info.rgpStatuses], facts, now)
    }
  }
}

/** Decides by RDAP whether a suspect is still to be deleted (rules 15, 21, ADR 22). `now`: when it was answered. */
export function confirmByRdap(answer: RdapAnswer, facts: SuspectFacts, now: Date): Confirmed {
  const { name, priorCrDate, listedAt: armedAt, suspectSince: freshSince } = facts
  const shown = decideByRdap(answer, { name, priorCrDate, armedAt, freshSince })
  switch (shown.kind) {
    case 'absent':
      return gone
    case 'undecided':
      return undecided(shown.reason)
    case 'taken':
      return registeredAnew
    case 'not_purged':
    case 'withdrawn':
      return decideByStatuses(answer.kind === 'found' ? answer.domain.statuses : [], facts, now)
  }
}

const gone: Confirmed = { verdict: 'gone', finding: 'not registered' }
const registeredAnew: Confirmed = { verdict: 'withdrawn', finding: 'registered anew' }
const pendingDelete: Confirmed = { verdict: 'pending_delete', finding: 'pending delete' }

function undecided(finding: string): Confirmed {
  return { verdict: 'undecided', finding }
}

/** The statuses of a domain: RFC 5731 §2.3 and RFC 3915 §3.1. RDAP writes them with spaces, in lower case (RFC 8056 §2). */
const knownStatuses: ReadonlySet<string> = new Set(
  (
    'ok active inactive pendingupdate pendingrenew pendingtransfer pendingdelete pendingrestore redemptionperiod addperiod ' +
    'autorenewperiod renewperiod transferperiod clientdeleteprohibited clienthold clientrenewprohibited ' +
    'clienttransferprohibited clientupdateprohibited serverdeleteprohibited serverhold serverrenewprohibited ' +
    'servertransferprohibited serverupdateprohibited'
  ).split(' '),
)

/** A purge follows at least this long after redemption: pendingDelete lasts five days, less a day for lists that count in days. */
const PENDING_DELETE_MS_MIN = 345_600_000

/**
 * By the statuses of the old registration. A name in redemption can still be deleted in time where its drop is days away: some lists
 * are published that early. Without a status that is known nothing is decided, whatever else is missing.
 */
function decideByStatuses(statuses: readonly string[], { dropTo }: SuspectFacts, now: Date): Confirmed {
  const shown = new Set(statuses.map((status) => status.replaceAll(' ', '').toLowerCase()))
  if (shown.has('pendingrestore')) return { verdict: 'withdrawn', finding: 'being restored' }
  if (shown.has('redemptionperiod')) {
    const isDue = dropTo.getTime() - now.getTime() >= PENDING_DELETE_MS_MIN
    return { verdict: isDue ? 'pending_delete' : 'withdrawn', finding: 'in redemption' }
  }
  if (shown.has('pendingdelete')) return pendingDelete
  if (![...shown].some((status) => knownStatuses.has(status))) return undecided('no known status')
  return { verdict: 'withdrawn', finding: 'registered, and not pending delete' }
}

/**
 * By which means a suspect is asked about next: in the registry's order, in turn, without those that are not available (no account,
 * no RDAP server). Undefined where none is.
 */
export function nextMeans(
  order: readonly ConfirmationMeans[],
  available: ReadonlySet<ConfirmationMeans>,
  asked: ConfirmationMeans | null,
): ConfirmationMeans | undefined {
  const usable = order.filter((means) => available.has(means))
  const place = asked === null ? -1 : usable.indexOf(asked)
  return usable[(place + 1) % usable.length]
}

/** The first pause between two rounds of questions without a decision; each further one is twice as long. */
const PAUSE_MS_MIN = 30_000

/** The longest pause. RDAP data of some registries is hours old. */
const PAUSE_MS_MAX = 3_600_000

/** Near the drop the pauses are no longer than this share of the time that is left. */
const SHARE_OF_TIME_LEFT = 0.1

/** When a suspect is asked about again after `attempts` questions decided nothing: at once while another of `meansCount` is left. */
export function confirmAgainAt(attempts: number, meansCount: number, dropFrom: Date, now: Date): Date {
  if (attempts % Math.max(1, meansCount) !== 0) return now
  // Bounded before the power, so that no count overflows.
  const doublings = Math.min(Math.floor(attempts / Math.max(1, meansCount)) - 1, 10)
  const left = SHARE_OF_TIME_LEFT * (dropFrom.getTime() - now.getTime())
  const longest = Math.max(PAUSE_MS_MIN, Math.min(PAUSE_MS_MAX, left))
  return new Date(now.getTime() + Math.min(longest, PAUSE_MS_MIN * 2 ** doublings))
}
