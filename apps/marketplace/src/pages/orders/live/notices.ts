import { orderOf } from './changes.ts'
import type { FollowedEvent, FollowedTopic } from './stream.ts'

/** What is said of an order that changes. What a person has just done here is not said again. */
export const noticed = [
  'backorder.hold_lapsing',
  'backorder.expired',
  'backorder.secured',
  'backorder.rescheduled',
  'backorder.premium_flagged',
  'backorder.registering',
  'backorder.successful',
  'backorder.failed',
  'refund.succeeded',
  'refund.failed',
  'renewal.successful',
  'renewal.failed',
] as const satisfies readonly FollowedTopic[]

export type NoticedTopic = (typeof noticed)[number]

/** The name of a notice's text: names of texts have no dots. */
export type NoticeText = NoticedTopic extends infer Topic
  ? Topic extends `${infer Subject}.${infer Verb}`
    ? `${Subject}_${Verb}`
    : never
  : never

export type Notice =
  | {
      readonly kind: 'one'
      readonly id: string
      readonly text: NoticeText
      readonly name: string
      readonly orderId: string | undefined
    }
  /** Of many at once: how many came to what. */
  | {
      readonly kind: 'many'
      readonly id: string
      readonly counts: readonly (readonly [NoticeText, number])[]
    }

/** More at once nobody reads, or listens to. */
const SINGLE_MAX = 3

/** What is said of events that came together: of an order only the last. */
export function noticesOf(events: readonly FollowedEvent[]): readonly Notice[] {
  const last = new Map<string, Extract<Notice, { kind: 'one' }>>()
  for (const event of events) {
    if (!isNoticed(event.type) || !('name' in event.data) || event.data.name === undefined) continue
    const text = event.type.replace('.', '_') as NoticeText
    const { name } = event.data
    // A refund does not replace what became of the order.
    const subject = event.type.split('.', 1)[0] ?? ''
    const key = `${subject} ${name}`
    last.delete(key)
    last.set(key, { kind: 'one', id: event.id, text, name, orderId: orderOf(event) })
  }
  const notices = [...last.values()]
  if (notices.length <= SINGLE_MAX) return notices
  const counts = new Map<NoticeText, number>()
  for (const { text } of notices) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [{ kind: 'many', id: notices.at(-1)?.id ?? '', counts: [...counts] }]
}

/** Notices on the page at once. */
const NOTICES_MAX = 4

/** The notices on the page with the new ones: what is said of an order again takes the place of what was said before. */
export function withNotices(before: readonly Notice[], said: readonly Notice[]): readonly Notice[] {
  const subjects = new Set(said.map(subjectOf))
  return [...before.filter((one) => !subjects.has(subjectOf(one))), ...said].slice(-NOTICES_MAX)
}

function subjectOf(notice: Notice): string {
  return notice.kind === 'many' ? notice.id : `${notice.text.split('_', 1)[0]} ${notice.name}`
}

function isNoticed(type: string): type is NoticedTopic {
  return noticed.some((topic) => topic === type)
}
