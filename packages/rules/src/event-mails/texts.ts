import type { EventData } from '../events.ts'
import type { MailTopic } from './kinds.ts'

/** What words are made of: already written as a reader reads them. */
export type Written = {
  readonly name: string
  readonly amount: string
  readonly time: (at: string | undefined) => string
  readonly money: (amount: Amount | undefined) => string
}

export type Amount = { readonly amount_minor: number; readonly currency: string }

/** The words of one topic. */
export type TopicTexts<Data> = {
  /** Of a mail about one event alone. */
  readonly subject: (written: Written, data: Data) => string
  /** Over several events, and in the subject of a mail about them. */
  readonly heading: (total: number) => string
  /** What happened, and what the reader can do. */
  readonly line: (written: Written, data: Data) => string
}

export type MailTexts = {
  readonly topics: { readonly [Of in MailTopic]: TopicTexts<EventData<Of>> }
  readonly hello: (name: string) => string
  readonly more: (count: number) => string
  /** The subject of a mail about several topics. */
  readonly together: (headings: readonly string[]) => string
  readonly footer: (choices: string, unsubscribe: string) => readonly string[]
}
