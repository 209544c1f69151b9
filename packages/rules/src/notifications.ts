import { type AlarmKind, alarmFactTexts, alarmSubjectText, alarmWords, instantText } from './alarms.ts'
import {
  type AlarmSnapshot,
  ENDPOINT_FAILING_DAYS_MAX,
  type EndpointDisabledReason,
  type WebhookEndpointSnapshot,
} from './events.ts'
import type { Mail } from './ports/mail.ts'
import { Refusal } from './refusals.ts'

/** One plain address. Text that could be read as several, or as an address with a name, does not match. */
const oneAddress = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/

/** The longest path in SMTP, without its brackets (RFC 5321 §4.5.3.1.3). */
const MAIL_ADDRESS_OCTETS_MAX = 254

export function isMailAddress(text: string): boolean {
  return text.length <= MAIL_ADDRESS_OCTETS_MAX && oneAddress.test(text)
}

export const receiverKinds = ['webhook', 'mail'] as const

export type ReceiverKind = (typeof receiverKinds)[number]

/** The alarms that a receiver gets. */
export type ReceiverTerms = {
  /** Null: all kinds, including those of later releases. */
  readonly alarmKinds: readonly AlarmKind[] | null
  /** Whether it is also notified when an alarm closes. */
  readonly onClose: boolean
  /** The name of the secret that signs a webhook. The secret itself is in the worker's settings. Null for a mail. */
  readonly secretName: string | null
}

/** The length of a webhook's URL. Characters. */
export const ADDRESS_LENGTH_MAX = 2_000
export const SECRET_NAME_LENGTH_MAX = 40
/** A host, and no user or password: these would be in the database, on screens and in logs. */
const webhookUrl = /^https?:\/\/[^\s/?#@\\]+([/?#]\S*)?$/
const secretName = /^[A-Za-z0-9][\w-]*$/

/** Throws Refusal('receiver_invalid') with what is wrong. */
export function decideReceiver(kind: ReceiverKind, address: string, terms: ReceiverTerms): void {
  const fault = faultOf(kind, address, terms)
  if (fault !== undefined) throw new Refusal('receiver_invalid', fault)
}

function faultOf(kind: ReceiverKind, address: string, terms: ReceiverTerms): string | undefined {
  if (terms.alarmKinds?.length === 0) return 'Choose at least one kind of alarm, or all kinds.'
  if (kind === 'mail') {
    if (!isMailAddress(address)) return 'The address must be one email address.'
    return terms.secretName === null ? undefined : 'Emails are not signed: leave the secret name out.'
  }
  if (address.length > ADDRESS_LENGTH_MAX || !webhookUrl.test(address))
    return 'The address must be an http:// or https:// URL without user and password.'
  if (terms.secretName === null || !isSecretName(terms.secretName))
    return `A webhook is signed: give the name of a secret in the worker’s settings, of up to ${SECRET_NAME_LENGTH_MAX} letters, digits, - or _.`
  return undefined
}

function isSecretName(text: string): boolean {
  return text.length <= SECRET_NAME_LENGTH_MAX && secretName.test(text)
}

/** The mail about an alarm that was raised or closed. `consoleUrl`: the address of the console, if it is set. */
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

/** The mail that shows that a receiver of alarms gets mails. */
export function writeTestMail(consoleUrl?: string): Pick<Mail, 'subject' | 'text'> {
  const where =
    consoleUrl === undefined ? '' : `\n\nNotifications: ${consoleUrl.replace(/\/$/, '')}/receivers`
  return {
    subject: '[test] Alarms of Droplock are sent here',
    text: `This is a test that somebody requested in the console. Nothing is wrong, and nothing is to be done.${where}\n`,
  }
}

const disabledWords: Readonly<Record<EndpointDisabledReason, string>> = {
  requested: 'You disabled it.',
  gone: 'It answered 410 (Gone), which asks us to send nothing more.',
  failing: `Nothing could be delivered to it for ${ENDPOINT_FAILING_DAYS_MAX} days.`,
}

/** The mail to an account one of whose webhook endpoints was disabled. */
export function writeDisabledMail(endpoint: WebhookEndpointSnapshot): Pick<Mail, 'subject' | 'text'> {
  const { id, url, disabled_at: disabledAt, disabled_reason: reason, failing_since: failingSince } = endpoint
  const paragraphs = [
    `Your webhook endpoint ${url} was disabled${disabledAt === undefined ? '' : ` at ${instantText(disabledAt)}`}. ${reason === undefined ? '' : disabledWords[reason]}`.trim(),
    failingSince === undefined ? '' : `It has taken nothing since ${instantText(failingSince)}.`,
    'No events are sent to it any more. To receive them again, enable it (PATCH /v1/webhook-endpoints/{id}) and have what it missed sent again (POST /v1/webhook-endpoints/{id}/recover), for up to 30 days.',
    `Webhook endpoint: ${id}`,
  ]
  return {
    subject: `Your webhook endpoint was disabled: ${url}`,
    text: `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`,
  }
}
