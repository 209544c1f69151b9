import type { CreateContacts } from '@droplock/rules/contacts'
import type { Money } from '@droplock/rules/money'
import type { Release } from '@droplock/rules/schedule/release'

/** Milliseconds since the epoch by the *registry's* clock, as measured by `hello`. Purges happen by that clock. */
export type RegistryMs = number

/** One target in the catcher's memory. The database's row decides its state. */
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
  /** The instant at which it is released, if its registry releases each name at a time that is known; its window is around that. */
  readonly releaseMs: RegistryMs | null
  /** How its registry releases names. */
  readonly release: Release
  readonly probing: Probing
  /** Which arming of the target this is: a schedule that moved, or a skipped day, arms it again. */
  readonly arming: number
  readonly prior: Prior
  /** Where it is among all names of its batch, as far as the registry was asked about them. */
  readonly place: Place | null
  /** Null if the zone has no premium names, so that its creates carry no fee. */
  readonly fee: Fee | null
  /** The contacts in its create. */
  readonly contacts: CreateContacts
  /** Base address of the zone's RDAP server. */
  readonly rdapUrl: string | null
  readonly phase: Phase
  /** Operators withdrew the name: no create is sent, and it ends when `info` shows that none took effect. */
  readonly withdrawing: boolean
  /** When it became ambiguous, or was applied for; null if only a predecessor knew that. */
  readonly sinceMs: RegistryMs | null
  /** A create was answered 1001, so there is an application. */
  readonly applied: boolean
  /** What the message about our application said; null until it came. */
  readonly awarded: boolean | null
  /** A command about it is in flight, and none may be sent before its answer. */
  readonly busy: boolean
  /** Creates of it in flight: at the front of a batch there may be several, on different sessions. */
  readonly creating: number
  /** Its drop was stopped while a command was in flight, or its create unanswered: then no further create is sent. */
  readonly stopped: boolean
  readonly lastSentMs: RegistryMs | null
  /** A command could not be sent; none is sent before this time. */
  readonly heldUntilMs: RegistryMs | null
  readonly createsSinceInfo: number
  /** What is sent next, before the plan's choice: a create of a name that is free, an `info` after it, a fee check of a refusal. */
  readonly due: 'create' | 'info' | 'fee_check' | null
  /** The last create was answered "exists". */
  readonly exists: boolean
  /** The registry showed that the registration to be deleted is gone. */
  readonly released: boolean
  /** A create was sent after the grace: further ones are sent less and less often. */
  readonly triedLate: boolean
  readonly createRetry: CreateRetry | null
  readonly rdap: RdapCourse | null
}

/** The slow part of the grace: the zone's settings. */
export type Probing = {
  /** Until then the grace has the pace of the window. */
  readonly fromMs: RegistryMs
  /** Least pause between two commands for the name. */
  readonly everyMs: number
  /** The share of the account's rate, and of its budget of failed creates, for the names of all zones together; more than 0. */
  readonly share: number
}

export function isInFlight({ busy, creating }: Pick<Target, 'busy' | 'creating'>): boolean {
  return busy || creating > 0
}

/** Whether it is in the slow part of its grace: its names are seldom released so late, and the budgets are for the others. */
export function isProbing({ phase, probing, graceUntilMs }: Target, nowMs: RegistryMs): boolean {
  return phase === 'firing' && nowMs > probing.fromMs && nowMs <= graceUntilMs
}

/** The progress of a target about which nothing was sent or answered yet. */
export const untried = {
  sinceMs: null,
  busy: false,
  creating: 0,
  stopped: false,
  lastSentMs: null,
  heldUntilMs: null,
  createsSinceInfo: 0,
  due: null,
  exists: false,
  released: false,
  triedLate: false,
  createRetry: null,
  rdap: null,
} as const satisfies Partial<Target>

/** `cap` is the most that a create may cost, the standard fee (rule 3). `agreed` is lower if the registry quoted less. */
export type Fee = { readonly cap: Money; readonly agreed: Money }

/** Place `rank` (from 0) of `of` names that are released one after another, whoever wants them. */
export type Place = { readonly rank: number; readonly of: number }

/** The registration that is to be deleted; `unknown` until `info` shows it. */
export type Prior =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known'
      readonly crDate: Date | null
      readonly clid: string | null
      /** Its last update and its ROID, by which some registries order their batches. */
      readonly updatedAt: Date | null
      readonly roid: string | null
    }

/** When RDAP was first asked, when it is asked again, and whether it showed a new registration. */
type RdapCourse = {
  readonly sinceMs: RegistryMs
  readonly againMs: RegistryMs
  readonly taken: boolean
}

/** The registry refused the create for an issue that an operator has to solve. It is tried again, less and less often. */
type CreateRetry = {
  readonly code: number
  /** The registry's message, if it is kept. */
  readonly message?: string
  readonly pauseMs: number
  readonly untilMs: RegistryMs
}

/**
 * waiting: armed, may be prepared · firing: the database says that creates may be in flight · ambiguous: a create was sent and its
 * answer is unknown, so only `info` may be sent · awaiting_award: a create was answered 1001 · not_ours: after its grace the registry
 * says only that it is not ours, so RDAP is asked what happened · decided: nothing more is sent.
 */
export type Phase = 'waiting' | 'firing' | 'ambiguous' | 'awaiting_award' | 'not_ours' | 'decided'

/** What is known about the registry account during the lease. */
export type AccountFacts = {
  /** The sessions have the fee extension, so that a create can carry a cap. */
  readonly feeAgreed: boolean
  /** The registry refuses `info` about other registrars' names, so that it is useful only for names that may be ours. */
  readonly othersHidden: boolean
  /** Of this account. */
  readonly clid: string
  /** Of all our accounts at the registry. */
  readonly ourClids: ReadonlySet<string>
}

/** When the registration that is to be deleted began, if known. */
export function priorCrDateOf({ prior }: Target): Date | undefined {
  return prior.kind === 'known' ? (prior.crDate ?? undefined) : undefined
}

/**
 * Whether a create may be sent at all: none for a name that operators withdrew, none without a cap if the zone can have premium names (rule 3), and none without the contacts
 * that its zone requires, which would use up the budget of failed creates.
 */
export function mayCreate({ fee, contacts, withdrawing }: Target, { feeAgreed }: AccountFacts): boolean {
  return !withdrawing && (fee === null || feeAgreed) && contacts.kind === 'complete'
}

/** Whether the registration that is to be deleted is of this account, for which `info` is always answered. RFC 5731 §3.1.2. */
export function wasOurs({ prior }: Target, { clid }: AccountFacts): boolean {
  return prior.kind === 'known' && prior.clid === clid
}

/** By what the names of a batch are released in order, as text that sorts like it: last update, then ROID; null while it is not known. */
export function orderKeyOf({ prior }: Pick<Target, 'prior'>): string | null {
  if (prior.kind !== 'known' || prior.roid === null) return null
  return `${prior.updatedAt?.toISOString() ?? ''} ${prior.roid}`
}
