import type { Topic } from '../events.ts'

/** What a person chooses mails about, with the events that each kind is about. In the order in which a mail lists them. */
export const mailKindTable = {
  result: ['backorder.successful', 'backorder.failed'],
  refund: ['refund.failed', 'refund.succeeded'],
  premium: ['backorder.premium_flagged'],
  rescheduled: ['backorder.rescheduled'],
  secured: ['backorder.contact_refused', 'backorder.secured'],
  renewal: ['registration.expired', 'registration.expiring', 'renewal.failed', 'renewal.successful'],
  balance: ['balance.low'],
  invoice: ['invoice.issued', 'credit_note.issued'],
  watch: ['watch.cutoff_near', 'watch.rescheduled'],
} as const satisfies Readonly<Record<string, readonly Topic[]>>

export type MailKind = keyof typeof mailKindTable

/** The topics that mails are written about. */
export type MailTopic = (typeof mailKindTable)[MailKind][number]

export const mailKinds = Object.keys(mailKindTable) as readonly MailKind[]

export function isMailKind(text: string): text is MailKind {
  return Object.hasOwn(mailKindTable, text)
}

const kindOfTopic = new Map<Topic, MailKind>(
  mailKinds.flatMap((kind) => mailKindTable[kind].map((topic) => [topic, kind] as const)),
)

export const mailTopics = [...kindOfTopic.keys()] as readonly MailTopic[]

/** Throws RangeError where no mail is written about the topic. */
export function mailKindOf(topic: Topic): MailKind {
  const kind = kindOfTopic.get(topic)
  if (kind === undefined) throw new RangeError(`no mail is written of ${topic}`)
  return kind
}

/** A mail is sent so long after the first thing that it is about: what happens together is in one mail. Milliseconds. */
export const MAIL_GATHER_MS = 30_000

/**
 * And so long after the mail before, whatever happens: a drop of ten thousand names is some mails, and none is late by more than this.
 * Milliseconds.
 */
export const MAIL_PAUSE_MS = 300_000

/** Events of a topic that a mail names one by one; the pages have all of them. */
export const MAILED_PER_TOPIC_MAX = 40

/** A mail that no server takes is tried for so long, and then given up. Milliseconds. */
export const MAIL_RETRY_MS_MAX = 3 * 86_400_000

/** A mail that nobody can send is given up after so long: no mail server is set, or its address is refused. Days. */
export const MAIL_WAIT_DAYS_MAX = 7

const FIRST_PAUSE_MS = 15_000
/** Short enough that a server which is back gets what waits within it. */
const LONGEST_PAUSE_MS = 900_000
const FACTOR = 2
/** The random part of a pause, so that what failed together is not repeated together. */
const JITTER = 0.2

/**
 * How long after the `attempts`-th attempt (from 1), which failed, the next may begin; undefined: it was the last. `triedForMs`: the time
 * since the mail was due. `chance`: from 0 to below 1. Milliseconds.
 */
export function mailRetryPauseMs(attempts: number, triedForMs: number, chance: number): number | undefined {
  if (triedForMs >= MAIL_RETRY_MS_MAX) return undefined
  const pause = Math.min(FIRST_PAUSE_MS * FACTOR ** (attempts - 1), LONGEST_PAUSE_MS)
  return Math.round(pause * (1 + JITTER * chance))
}
