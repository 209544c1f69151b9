import type { EventData, Topic } from './events.ts'

/**
 * What stands on every page of an account until it is over or put away, the most pressing first: what costs a name or money, or what a
 * person believes to be otherwise.
 */
export const noticeTopics = [
  'refund.failed',
  'registration.expired',
  'registration.expiring',
  'backorder.premium_flagged',
  'backorder.rescheduled',
  'balance.low',
  'webhook_endpoint.disabled',
] as const satisfies readonly Topic[]

export type NoticeTopic = (typeof noticeTopics)[number]

/** What ends notices about the same subject. A name that has expired is not about to expire any more. */
export const noticeEnds = {
  'backorder.successful': ['backorder.premium_flagged', 'backorder.rescheduled'],
  'backorder.failed': ['backorder.premium_flagged', 'backorder.rescheduled'],
  'registration.expired': ['registration.expiring'],
  'registration.ended': ['registration.expiring', 'registration.expired'],
} as const satisfies Partial<Readonly<Record<Topic, readonly NoticeTopic[]>>>

/** Notices of one page; the newest of each topic. */
export const NOTICES_MAX = 50

/** Something critical that happened to an account. */
export type MemberNotice = {
  readonly [Of in NoticeTopic]: {
    /** Of the event. */
    readonly id: string
    readonly topic: Of
    readonly at: string
    readonly data: EventData<Of>
  }
}[NoticeTopic]
