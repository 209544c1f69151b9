import { type AlarmKind, alarmFactTexts, alarmSubjectText, alarmWords, instantText } from './alarms.ts'
import type { AlarmSnapshot } from './events.ts'
import type { Mail } from './ports/mail.ts'
import { Refusal } from './refusals.ts'

/** Mail of ours goes to one address each; what could be read as several, or as one with a name, is none. */
const oneAddress = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/

/** The longest path in SMTP, without its brackets (RFC 5321 §4.5.3.1.3). Octets. */
const LENGTH_MAX = 254

export function isMailAddress(text: string): boolean {
  return text.length <= LENGTH_MAX && oneAddress.test(text)
}

export const receiverKinds = ['webhook', 'mail'] as const

export type ReceiverKind = (typeof receiverKinds)[number]

/** What a receiver of operators is told of. */
export type ReceiverTerms = {
  /** Null: of every kind, those that a later release adds as well. */
  readonly alarmKinds: readonly AlarmKind[] | null
  /** Whether it is also told that an alarm is over. */
  readonly onClose: boolean
  /** The name of the secret that signs a webhook; the worker's settings have the secret. Null for a mail. */
  readonly secretName: string | null
}

/** Of a webhook's URL. Characters. */
export const ADDRESS_LENGTH_MAX = 2_000
export const SECRET_NAME_LENGTH_MAX = 40
/** A host, and no user or password: those would stand in the database, on screens and in logs. */
const webhookUrl = /^https?:\/\/[^\s/?#@\\]+([/?#]\S*)?$/
const secretName = /^[A-Za-z0-9][\w-]*$/

/** Throws Refusal('receiver_invalid'), which says what is wrong. */
export function decideReceiver(kind: ReceiverKind, address: string, terms: ReceiverTerms): void {
  const fault = faultOf(kind, address, terms)
  if (fault !== undefined) throw new Refusal('receiver_invalid', fault)
}

function faultOf(kind: ReceiverKind, address: string, terms: ReceiverTerms): string | undefined {
  if (terms.alarmKinds?.length === 0) return 'It would be told of nothing: name a kind of alarm, or take all.'
  if (kind === 'mail') {
    if (!isMailAddress(address)) return 'The address is not one mail address.'
    return terms.secretName === null ? undefined : 'A mail is not signed, so it has no secret.'
  }
  if (address.length > ADDRESS_LENGTH_MAX || !webhookUrl.test(address))
    return 'The address is not an http:// or https:// URL without user and password.'
  if (terms.secretName === null || !isSecretName(terms.secretName))
    return `A webhook is signed: name a secret of the worker’s settings, with up to ${SECRET_NAME_LENGTH_MAX} letters, digits, - or _.`
  return undefined
}

function isSecretName(text: string): boolean {
  return text.length <= SECRET_NAME_LENGTH_MAX && secretName.test(text)
}

/** What a person is written when an alarm is raised or closed. `consoleUrl`: where the console is opened, if that is known. */
export function writeAlarmMail(alarm: AlarmSnapshot, consoleUrl?: string): Pick<Mail, 'subject' | 'text'> {
  const { what, next } = alarmWords[alarm.kind]
  const { closed_at, raised_at, note, severity } = alarm
  const subject = alarmSubjectText(alarm)
  const headline = subject === undefined ? what : `${what}: ${subject}`
  const isClosed = closed_at !== undefined
  const paragraphs = [
    `${headline}\n${isClosed ? `Closed at ${instantText(closed_at)}` : `Raised at ${instantText(raised_at)}`}.`,
    isClosed ? (note ?? 'The cause is gone.') : next,
    alarmFactTexts(alarm).join('\n'),
    consoleUrl === undefined ? '' : `Alarms: ${consoleUrl.replace(/\/$/, '')}/alarms`,
  ]
  return {
    subject: `[${isClosed ? 'closed' : severity}] ${headline}`,
    text: `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`,
  }
}
