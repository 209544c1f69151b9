import type { Answer, DomainInfo } from '../ports/registrar.ts'

export type InfoFacts = {
  /** The client ids of all our accounts at this registry. */
  readonly ourClids: ReadonlySet<string>
  /** crDate of the registration that is to be deleted, as the registry told it before the drop. */
  readonly priorCrDate?: Date | undefined
  /** When the target was armed: the registration to be deleted is older than that. */
  readonly armedAt: Date
}

export type InfoVerdict =
  /** Ours: one of our client ids, and newer than the deleted registration. */
  | { readonly kind: 'ours'; readonly crDate: Date; readonly exDate?: Date }
  /** Lost: somebody else holds it. */
  | { readonly kind: 'other'; readonly clID: string; readonly crDate?: Date }
  /** The old registration is still there, and nothing shows that it will stay. */
  | { readonly kind: 'not_purged' }
  /** The old registration is there to stay, at least past this drop. */
  | { readonly kind: 'withdrawn' }
  /** No such object: purged, and free at this moment. */
  | { readonly kind: 'gone' }
  /** Not ours, and no more than that: the registry keeps what is another's to itself, and whose it is and since when. */
  | { readonly kind: 'not_ours' }
  /** An application of ours, not yet awarded to anybody. */
  | { readonly kind: 'pending' }
  /** Says neither; nothing may be settled by it. */
  | { readonly kind: 'undecided'; readonly reason: string }

/**
 * Without a prior crDate, a registration this much older than the arming is certainly the old one: a name reaches a drop
 * list weeks after it was made. In between lies what only a clock that is off can produce, and that is not decided.
 */
const clockDoubtMsMax = 24 * 3_600_000

/** RGP statuses (RFC 3915 §3.1) from which a purge is days away, so not in this drop. A later list brings the name again. */
const rgpStatusesOfWithdrawal: ReadonlySet<string> = new Set(['redemptionPeriod', 'pendingRestore'])

/** RFC 5731 §3.1.2: a registry may refuse the `info` of anybody but the sponsoring client, whom it always answers. */
const refusedToOthers = 2201

/**
 * Decides a name by what the registry says of it. Names that expired at our own registrar carry our client id before the
 * purge, so the client id alone never makes a win (rules 19, 21).
 */
export function decideByInfo(answer: Answer<DomainInfo>, name: string, facts: InfoFacts): InfoVerdict {
  if (answer.kind !== 'answered') return undecided(answer.reason)
  if (answer.code === 2303) return { kind: 'gone' }
  if (answer.code === refusedToOthers) return { kind: 'not_ours' }
  if (answer.code !== 1000 || answer.data === undefined) return undecided(`info answered ${answer.code}`)
  if (answer.data.name.toLowerCase() !== name) return undecided(`the answer is about ${answer.data.name}`)
  return decideByObject(answer.data, facts)
}

function decideByObject(info: DomainInfo, facts: InfoFacts): InfoVerdict {
  // An application's object (RFC 5731 §3.3): dated and new, and still not awarded to anybody.
  if (info.statuses.includes('pendingCreate')) {
    return facts.ourClids.has(info.clID) ? { kind: 'pending' } : undecided('another’s create is pending')
  }
  switch (ageOf(info.crDate, facts)) {
    case 'new':
      return decideHolder(info, facts)
    case 'old':
      return decideOldRegistration(info)
    default:
      return decideWithoutAge(info, facts)
  }
}

/** Whether a registration was made after the one to be deleted. Dates count in whole seconds: some servers cut fractions. */
export function ageOf(
  crDate: Date | undefined,
  facts: Pick<InfoFacts, 'priorCrDate' | 'armedAt'>,
): 'new' | 'old' | 'unclear' {
  if (crDate === undefined) return 'unclear'
  const { priorCrDate, armedAt } = facts
  if (priorCrDate === undefined) {
    if (seconds(crDate) >= seconds(armedAt)) return 'new'
    return crDate.getTime() < armedAt.getTime() - clockDoubtMsMax ? 'old' : 'unclear'
  }
  if (seconds(crDate) === seconds(priorCrDate)) return 'old'
  return crDate > priorCrDate ? 'new' : 'unclear'
}

function decideHolder({ clID, crDate, exDate }: DomainInfo, { ourClids }: InfoFacts): InfoVerdict {
  if (!ourClids.has(clID))
    return crDate === undefined ? { kind: 'other', clID } : { kind: 'other', clID, crDate }
  if (crDate === undefined) return undecided('ours, but without a creation date')
  return exDate === undefined ? { kind: 'ours', crDate } : { kind: 'ours', crDate, exDate }
}

/**
 * `pendingDelete` covers redemption too, so where the registry tells the RGP status, that one decides. Back in redemption
 * (or being restored) is withdrawn: the next purge is at least the five days of pendingDelete away, and a holder would
 * wait for a drop that does not come. A registry that shows no status at all has shown no other state.
 */
function decideOldRegistration({ statuses, rgpStatuses }: DomainInfo): InfoVerdict {
  if (rgpStatuses.includes('pendingDelete')) return { kind: 'not_purged' }
  if (rgpStatuses.some((status) => rgpStatusesOfWithdrawal.has(status))) return { kind: 'withdrawn' }
  const goesOn = statuses.length === 0 || statuses.includes('pendingDelete')
  return { kind: goesOn ? 'not_purged' : 'withdrawn' }
}

/**
 * The dates don't tell. One that is to be deleted is the old one. Otherwise, a holder who is not us is told by the client
 * id; what carries our own is never settled without a date, neither as won nor as refunded.
 */
function decideWithoutAge(info: DomainInfo, facts: InfoFacts): InfoVerdict {
  if (info.statuses.includes('pendingDelete') || info.rgpStatuses.includes('pendingDelete')) {
    return decideOldRegistration(info)
  }
  if (info.statuses.length === 0) return undecided('neither a usable creation date nor a status')
  return facts.ourClids.has(info.clID) ? undecided('ours, but of unclear age') : decideHolder(info, facts)
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000)
}

function undecided(reason: string): InfoVerdict {
  return { kind: 'undecided', reason }
}
