import type { RdapAnswer, RdapDomain } from '../ports/rdap.ts'
import { ageOf } from './decide-by-info.ts'

export type RdapFacts = {
  readonly name: string
  /** crDate of the registration that will be deleted, where it is known. */
  readonly priorCrDate?: Date | undefined
  readonly armedAt: Date
  /** RDAP data that is older than this decides nothing: after a drop the end of its grace, of a suspect when it became one. */
  readonly freshSince: Date
}

export type RdapVerdict =
  /** Registered anew. */
  | { readonly kind: 'taken'; readonly registeredAt?: Date | undefined }
  /** The old registration is still there, waiting for its purge. */
  | { readonly kind: 'not_purged' }
  /** The old registration stays, at least beyond this drop. */
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'undecided'; readonly reason: string; readonly retryAfterMs?: number }

/** RFC 8056 §2: of RFC 3915. */
const statusesOfWithdrawal: ReadonlySet<string> = new Set(['redemption period', 'pending restore'])

/**
 * What became of a name that is not ours according to EPP, by RDAP. RDAP never shows that a name is ours: it gives the registrar's
 * company name, not our client id.
 */
export function decideByRdap(answer: RdapAnswer, facts: RdapFacts): RdapVerdict {
  if (answer.kind === 'absent') return answer
  if (answer.kind === 'unavailable') {
    const { reason, retryAfterMs } = answer
    return { kind: 'undecided', reason, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  const { domain } = answer
  if (domain.name.toLowerCase() !== facts.name) return undecided(`the answer is about ${domain.name}`)
  switch (ageOf(domain.registeredAt, facts)) {
    case 'new':
      return { kind: 'taken', registeredAt: domain.registeredAt }
    case 'old':
      return decideOld(domain, facts)
    default:
      return undecided('no usable registration date')
  }
}

function decideOld({ statuses, updatedAt }: RdapDomain, { freshSince }: RdapFacts): RdapVerdict {
  if (updatedAt !== undefined && updatedAt < freshSince)
    return undecided(`its data is of ${updatedAt.toISOString()}`)
  if (statuses.some((status) => statusesOfWithdrawal.has(status))) return { kind: 'withdrawn' }
  const goesOn = statuses.length === 0 || statuses.includes('pending delete')
  return { kind: goesOn ? 'not_purged' : 'withdrawn' }
}

function undecided(reason: string): RdapVerdict {
  return { kind: 'undecided', reason }
}
