import { isThisMachine } from '@droplock/rules/hosts'
import { isMailAddress } from '@droplock/rules/notifications'
import type { Mail, MailOutcome, MailSender } from '@droplock/rules/ports/mail'
import { createTransport } from 'nodemailer'
import { refusalOf } from './outbox/outbox.ts'

type SmtpOptions = {
  /** `smtp://` or `smtps://`, with user and password where the server requires them. Contains a secret. */
  readonly url: string
  /** The sender of mails: an address, or `Name <address>`. */
  readonly from: string
  /** The time limit of connecting, of the greeting and of each answer. */
  readonly answerMsMax?: number
}

/** Servers that look up the sender, or delay unknown ones on purpose, take some seconds to answer. */
const ANSWER_MS_MAX_DEFAULT = 15_000

/** Answers are shown to operators: a line is enough. */
const ANSWER_CHARACTERS_MAX = 500

/**
 * Sends by SMTP, with one connection per mail: there are few. To another machine only with TLS (STARTTLS or `smtps://`), unless
 * the URL has `?requireTLS=false`.
 */
export function openSmtpSender({ url, from, answerMsMax = ANSWER_MS_MAX_DEFAULT }: SmtpOptions): MailSender {
  const transport = createTransport({
    url,
    requireTLS: !isThisMachine(new URL(url).hostname),
    connectionTimeout: answerMsMax,
    greetingTimeout: answerMsMax,
    socketTimeout: answerMsMax,
    // Our mails have no attachments. Nothing in a mail may make the library read a file or a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = domainOf(from)
  return {
    send: async (mail) => {
      if (!isMailAddress(mail.to)) return { kind: 'refused', answer: 'not an address', isAddress: true }
      try {
        const { response } = await transport.sendMail({
          from,
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          messageId: `<${mail.id}@${domain}>`,
          headers: headersOf(mail),
        })
        return { kind: 'sent', answer: cut(response) }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: async () => transport.close(),
  }
}

function headersOf({ unsubscribeUrl }: Mail): Record<string, string> {
  return {
    // RFC 3834: prevents automatic replies.
    'Auto-Submitted': 'auto-generated',
    ...(unsubscribeUrl !== undefined && {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  }
}

/** A wrong password is refused with 5yz too, but the mail is not at fault: it waits until the settings are corrected. */
function outcomeOf(error: unknown): MailOutcome {
  if (!(error instanceof Error)) return { kind: 'unavailable', answer: cut(String(error)) }
  const code = 'code' in error ? error.code : undefined
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const isPermanent = 'permanent' in error && error.permanent === true
  const answer = cut(error.message)
  if (!isAboutMail || !isPermanent) return { kind: 'unavailable', answer }
  const isRecipient = 'command' in error && error.command === 'RCPT TO'
  return { kind: 'refused', answer, isAddress: isRecipient && isAboutAddress(error.message) }
}

/** Enhanced status codes (RFC 3463) of an address that does not exist or a mailbox that takes nothing. */
const addressStatus = /\b5\.(1\.(0|1|2|3|6|10)|2\.[0-4])\b/
const anyStatus = /\b5\.\d{1,3}\.\d{1,3}\b/
/** A server that does not know us refuses every recipient, often without such a code. */
const aboutUs = /relay|authenticat|blocked|denied|policy|spam/i

/** Whether a permanent refusal of a recipient is about its address. Refusals of our server or our domain would take every address for wrong. */
function isAboutAddress(answer: string): boolean {
  return anyStatus.test(answer) ? addressStatus.test(answer) : !aboutUs.test(answer)
}

function cut(text: string): string {
  return text.slice(0, ANSWER_CHARACTERS_MAX)
}

function domainOf(from: Mail['to']): string {
  return /@([^\s@>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
}

type MemorySender = MailSender & { readonly sent: readonly Mail[] }

/** The stand-in: keeps mails in memory, and refuses the same addresses as the outbox. */
export function createMemorySender(): MemorySender {
  const sent: Mail[] = []
  let isOpen = true
  const send = async (mail: Mail): Promise<MailOutcome> => {
    if (!isOpen) return { kind: 'unavailable', answer: 'closed' }
    if (!isMailAddress(mail.to)) return { kind: 'refused', answer: 'not an address', isAddress: true }
    const refusal = refusalOf(mail.to)
    if (refusal !== undefined)
      return refusal.isPermanent
        ? { kind: 'refused', answer: refusal.text, isAddress: refusal.isAddress }
        : { kind: 'unavailable', answer: refusal.text }
    sent.push({ ...mail, subject: mail.subject.replaceAll(/[\r\n]+/g, ' ') })
    return { kind: 'sent', answer: '250 accepted' }
  }
  return {
    sent,
    send,
    close: async () => {
      isOpen = false
    },
  }
}
