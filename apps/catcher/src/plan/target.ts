import type { CreateContacts } from '@droplock/rules/contacts'
import type { Money } from '@droplock/rules/money'

/** Milliseconds since the epoch by the *registry's* clock, as far as `hello` lets us know it. Purges happen by that clock. */
export type RegistryMs = number

/** What the catcher knows of one target, in memory; the database's row is the truth of its state. */
export type Target = {
  readonly id: string
  readonly listingId: string
  readonly zone: string
  readonly name: string
  readonly orderedAt: Date
  readonly armedAt: Date
  readonly dropFromMs: RegistryMs
  /** End of the window; a purge after it is an exception. */
  readonly dropToMs: RegistryMs
  readonly graceUntilMs: RegistryMs
  readonly prior: Prior
  /** Null where the zone has no premium names, and its creates speak of no fee. */
  readonly fee: Fee | null
  /** What its create carries of contacts. */
  readonly contacts: CreateContacts
  /** Base address of the RDAP that knows the zone. */
  readonly rdapUrl: string | null
  readonly phase: Phase
  /** Since when it is in doubt, or applied for; null where only a predecessor knew. */
  readonly sinceMs: RegistryMs | null
  /** A create of it was taken as an application. */
  readonly applied: boolean
  /** A command about it is under way. */
  readonly busy: boolean
  readonly lastSentMs: RegistryMs | null
  readonly createsSinceInfo: number
  /** What is sent next, whatever the plan: a create of a name that was just leaseState free, `info` after it, a fee check of a refusal. */
  readonly due: 'create' | 'info' | 'fee_check' | null
  /** The last create was answered "exists": somebody held the name then. */
  readonly exists: boolean
  /** The registry showed that the registration to be deleted is gone. */
  readonly released: boolean
  /** A create was sent after the grace: further ones are sent ever more seldom. */
  readonly triedLate: boolean
  readonly createRetry: CreateRetry | null
  readonly rdap: RdapCourse | null
}

/** `cap` is the most that a create agrees to pay, the standard fee (rule 3); `agreed` is less where the registry quoted less. */
export type Fee = { readonly cap: Money; readonly agreed: Money }

/** The registration that is to be deleted; `unknown` until `info` told it. */
export type Prior =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly crDate: Date | null; readonly clid: string | null }

/** Since when RDAP is asked what happened, when it is asked again, and whether it showed a new registration. */
type RdapCourse = {
  readonly sinceMs: RegistryMs
  readonly againMs: RegistryMs
  readonly taken: boolean
}

/** The registry refused the create for something that people have to mend. Tried again, ever more seldom. */
type CreateRetry = {
  readonly code: number
  /** The registry's words, where they are kept. */
  readonly message?: string
  readonly pauseMs: number
  readonly untilMs: RegistryMs
}

/**
 * waiting: armed, may be prepared · firing: the database knows that creates may be under way · ambiguous: a create was sent
 * and its answer is unknown, so only `info` may be sent · awaiting_award: a create was taken as an application · not_ours: past
 * its grace, and the registry told that and no more, so RDAP is asked what happened · decided: nothing more is sent.
 */
export type Phase = 'waiting' | 'firing' | 'ambiguous' | 'awaiting_award' | 'not_ours' | 'decided'

/** What was leaseState of the registry since the lease was taken, and what was agreed with it. */
export type AccountFacts = {
  /** The session speaks the fee extension, so a create can be capped. */
  readonly feeAgreed: boolean
  /** `info` about others' names was refused: only what may be ours is worth one. */
  readonly othersHidden: boolean
  readonly ourClids: ReadonlySet<string>
}

/** When the registration that is to be deleted began, where it is known. */
export function priorCrDateOf({ prior }: Target): Date | undefined {
  return prior.kind === 'known' ? (prior.crDate ?? undefined) : undefined
}

/**
 * Whether a create of it may be sent at all: none without a cap, where the zone can have premium names (rule 3), and none without
 * the contacts that its zone wants, which would spend the budget of failed creates.
 */
export function mayCreate({ fee, contacts }: Target, { feeAgreed }: AccountFacts): boolean {
  return (fee === null || feeAgreed) && contacts.kind === 'complete'
}

/** Whether the registration that is to be deleted is under one of our own client ids, for which `info` is always answered. */
export function wasOurs({ prior }: Target, { ourClids }: AccountFacts): boolean {
  return prior.kind === 'known' && prior.clid !== null && ourClids.has(prior.clid)
}
