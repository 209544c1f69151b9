import type { Answer, DomainInfo } from '../ports/registrar.ts'

export type InfoFacts = {
  /** The client ids of all our accounts at this registry. */
  readonly ourClids: ReadonlySet<string>
  /** crDate of the registration that will be deleted, as `info` showed it before the drop. */
  readonly priorCrDate?: Date | undefined
  /** When the target was armed: the registration that will be deleted is older. */
  readonly armedAt: Date
}

export type InfoVerdict =
  /** Ours: one of our client ids, and newer than the deleted registration. */
  | { readonly kind: 'ours'; readonly clID: string; readonly crDate: Date; readonly exDate?: Date }
  /** Lost: another registrar holds it. */
  | { readonly kind: 'other'; readonly clID: string; readonly crDate?: Date }
  /** The old registration is still there, and nothing shows that it will stay. */
  | { readonly kind: 'not_purged' }
  /** The old registration stays, at least beyond this drop. */
  | { readonly kind: 'withdrawn' }
  /** No such object: purged, and free now. */
  | { readonly kind: 'gone' }
  /** Not ours. The registry does not say whose it is and since when. */
  | { readonly kind: 'not_ours' }
  /** Our application, not awarded yet. */
  | { readonly kind: 'pending' }
  /** The answer shows neither; nothing may be decided by it. */
  | { readonly kind: 'undecided'; readonly reason: string }

/**
 * Without a prior crDate, a registration this much older than the arming is certainly the old one: a name reaches a drop list long
 * after it was registered. A date in between can only come from a wrong clock and decides nothing. Milliseconds.
 */
const CLOCK_DIFFERENCE_MS_MAX = 24 * 3_600_000

/** RGP statuses (RFC 3915 §3.1) from which a purge is days away, so not in this drop. A later list brings the name again. */
const rgpStatusesOfWithdrawal: ReadonlySet<string> = new Set(['redemptionPeriod', 'pendingRestore'])

/** RFC 5731 §3.1.2: a registry may refuse the `info` of anybody but the sponsoring client, whom it always answers. */
const refusedToOthers = 2201

/**
 * Decides by `info` what became of a name. Names that expired at our own registrar carry our client id before the purge, so the client
 * id alone never shows a win (rules 19, 21).
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
  // The object of an application (RFC 5731 §3.3): it has a new date, but is not awarded yet.
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

/** Whether a registration was made after the one that will be deleted. In whole seconds, as some servers cut fractions. */
export function ageOf(
  crDate: Date | undefined,
  facts: Pick<InfoFacts, 'priorCrDate' | 'armedAt'>,
): 'new' | 'old' | 'unclear' {
  if (crDate === undefined) return 'unclear'
  const { priorCrDate, armedAt } = facts
  if (priorCrDate === undefined) {
    if (seconds(crDate) >= seconds(armedAt)) return 'new'
    return crDate.getTime() < armedAt.getTime() - CLOCK_DIFFERENCE_MS_MAX ? 'old' : 'unclear'
  }
  if (seconds(crDate) === seconds(priorCrDate)) return 'old'
  return crDate > priorCrDate ? 'new' : 'unclear'
}

function decideHolder({ clID, crDate, exDate }: DomainInfo, { ourClids }: InfoFacts): InfoVerdict {
  if (!ourClids.has(clID))
    return crDate === undefined ? { kind: 'other', clID } : { kind: 'other', clID, crDate }
  if (crDate === undefined) return undecided('ours, but without a creation date')
  return exDate === undefined ? { kind: 'ours', clID, crDate } : { kind: 'ours', clID, crDate, exDate }
}

/**
 * The EPP status `pendingDelete` includes redemption, so the RGP status decides where the registry shows it. A name that is back in
 * redemption (or being restored) is withdrawn: the next purge is at least the five days of pendingDelete away, and the holder would
 * wait for a drop that does not come. Where the registry shows no status at all, no other state is shown.
 */
function decideOldRegistration({ statuses, rgpStatuses }: DomainInfo): InfoVerdict {
  if (rgpStatuses.includes('pendingDelete')) return { kind: 'not_purged' }
  if (rgpStatuses.some((status) => rgpStatusesOfWithdrawal.has(status))) return { kind: 'withdrawn' }
  const goesOn = statuses.length === 0 || statuses.includes('pendingDelete')
  return { kind: goesOn ? 'not_purged' : 'withdrawn' }
}

/**
 * The dates do not show it. A registration that is pending delete is the old one. Otherwise another client id shows that it is lost;
 * with our own client id nothing is decided without a date, neither a win nor a refund.
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
