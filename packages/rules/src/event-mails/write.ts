import { instantText } from '../alarms.ts'
import type { EventData } from '../events.ts'
import type { Language } from '../members.ts'
import { formatMoney, money } from '../money.ts'
import type { Mail } from '../ports/mail.ts'
import { chinese } from './chinese.ts'
import { english } from './english.ts'
import { type MailKind, type MailTopic, mailKindOf } from './kinds.ts'
import type { Amount, MailTexts, TopicTexts, Written } from './texts.ts'

/** The newest events of one topic, and how many there are of it. */
export type MailedTopic = {
  readonly [Of in MailTopic]: {
    readonly topic: Of
    readonly total: number
    /** Oldest first; at most `MAILED_PER_TOPIC_MAX`. */
    readonly events: readonly EventData<Of>[]
  }
}[MailTopic]

const textsOf: Readonly<Record<Language, MailTexts>> = { en: english, zh: chinese }

type EventMail = {
  readonly language: Language
  /** The reader's. */
  readonly name: string
  /** In the order in which the mail has them. At least one. */
  readonly topics: readonly MailedTopic[]
  /** Where the pages are, without a slash at the end. */
  readonly origin: string
  /** The page that switches off what this mail is about. */
  readonly unsubscribeUrl: string
  /** A name as people read it: with its Unicode form where it has one. */
  readonly nameText: (name: string) => string
}

/** The pages with all that a mail names some of; of other kinds it is the orders. */
const lists: Partial<Readonly<Record<MailKind, string>>> = {
  invoice: 'account/invoices',
  watch: 'account/watches',
}

/** Topics that the subject of a mail names. */
const HEADINGS_MAX = 3

/** The mail about what happened to the orders and the money of its reader's account. Times in UTC, because nobody knows the reader's zone. */
export function writeEventMail(mail: EventMail): Pick<Mail, 'subject' | 'text'> {
  const { language, name, topics, origin, unsubscribeUrl } = mail
  const texts = textsOf[language]
  const [only] = topics
  const isOne = topics.length === 1 && only?.total === 1
  const parts = topics.flatMap((each) => [...(isOne ? [] : [headingOf(texts, each)]), ...linesOf(mail, each)])
  const text = [
    texts.hello(name),
    ...parts,
    texts.footer(`${origin}/${language}/account/mails`, unsubscribeUrl).join('\n'),
  ]
  return { subject: subjectOf(mail, isOne ? only : undefined), text: `${text.join('\n\n')}\n` }
}

function subjectOf(mail: EventMail, only: MailedTopic | undefined): string {
  const texts = textsOf[mail.language]
  const data = only?.events[0]
  if (only !== undefined && data !== undefined)
    return wordsOf(texts, only.topic).subject(written(mail, data), data)
  return texts.together(
    mail.topics.slice(0, HEADINGS_MAX).map(({ topic, total }) => texts.topics[topic].heading(total)),
  )
}

function headingOf(texts: MailTexts, { topic, total }: MailedTopic): string {
  const heading = texts.topics[topic].heading(total)
  return `== ${heading} ==`
}

function linesOf(mail: EventMail, { topic, total, events }: MailedTopic): readonly string[] {
  const texts = textsOf[mail.language]
  const { line } = wordsOf(texts, topic)
  const lines = events.map((data) => `${line(written(mail, data), data)}\n${linkOf(mail, topic, data)}`)
  const more = total - events.length
  if (more <= 0) return lines
  const list = lists[mailKindOf(topic)] ?? 'orders'
  return [...lines, `${texts.more(more)}\n${mail.origin}/${mail.language}/${list}`]
}

/** The texts of a topic, for data of which the caller knows that they are of it. */
function wordsOf(texts: MailTexts, topic: MailTopic) {
  return texts.topics[topic] as TopicTexts<EventData<MailTopic>>
}

function written({ nameText }: EventMail, data: EventData<MailTopic>): Written {
  return {
    name: 'name' in data && data.name !== undefined ? nameText(data.name) : '',
    amount: 'amount' in data ? moneyText(data.amount) : '',
    time: timeText,
    money: moneyText,
  }
}

function moneyText(amount: Amount | undefined): string {
  return amount === undefined ? '' : formatMoney(money(BigInt(amount.amount_minor), amount.currency))
}

/** `2026-11-30 14:05 UTC`, with seconds where they are not 0. */
function timeText(at: string | undefined): string {
  return at === undefined ? '' : instantText(at).replace(/:00 UTC$/, ' UTC')
}

/** The page about an event's subject. */
function linkOf({ origin, language }: EventMail, topic: MailTopic, data: EventData<MailTopic>): string {
  const root = `${origin}/${language}`
  const kind = mailKindOf(topic)
  if (kind === 'balance') return `${root}/account/balance`
  if (kind === 'invoice') return `${root}/invoices/${data.id}/pdf`
  if (kind === 'watch') return `${root}/names/${'name' in data ? data.name : ''}`
  if (topic === 'backorder.contact_refused') return `${root}/account/contacts`
  if (topic.startsWith('backorder.')) return `${root}/orders/${data.id}`
  // Of a refund of something else than an order there is no page of its own.
  return 'backorder_id' in data && data.backorder_id !== undefined
    ? `${root}/orders/${data.backorder_id}`
    : `${root}/account/statement`
}
