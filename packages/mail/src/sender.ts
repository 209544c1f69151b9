import { isMailAddress } from '@droplock/rules/notifications'
import type { Mail, MailOutcome, MailSender } from '@droplock/rules/ports/mail'
import { createTransport } from 'nodemailer'
import { refusalOf } from './outbox/outbox.ts'

type SmtpOptions = {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. Holds a secret. */
  readonly url: string
  /** Whom mails are from: an address, or `Name <address>`. */
  readonly from: string
  /** Connecting, greeting and each answer take no longer. Milliseconds. */
  readonly answerMsMax?: number
}

/** Servers that look up a sender, or delay unknown ones on purpose, take some seconds to answer. Milliseconds. */
const answerMsMaxDefault = 15_000

/** Reasons are shown to operators: a line is enough. Characters. */
const answerLengthMax = 500

/**
 * Sends by SMTP, each mail on a connection of its own: they are few. To another machine only through TLS (STARTTLS or `smtps://`),
 * unless the URL says `?requireTLS=false`.
 */
export function openSmtpSender({ url, from, answerMsMax = answerMsMaxDefault }: SmtpOptions): MailSender {
  const transport = createTransport({
    url,
    requireTLS: !isThisMachine(new URL(url).hostname),
    connectionTimeout: answerMsMax,
    greetingTimeout: answerMsMax,
    socketTimeout: answerMsMax,
    // Our mails have no attachments; nothing in one may become a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = domainOf(from)
  return {
    send: async (mail) => {
      if (!isMailAddress(mail.to)) return { kind: 'refused', answer: 'not an address' }
      try {
        const { response } = await transport.sendMail({
          from,
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          messageId: `<${mail.id}@${domain}>`,
          // RFC 3834: nobody's absence notice answers it.
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { kind: 'sent', answer: cut(response) }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: async () => transport.close(),
  }
}

/** A wrong password is refused with 5yz as well, and says nothing of the mail: it waits until the settings are right. */
function outcomeOf(error: unknown): MailOutcome {
  if (!(error instanceof Error)) return { kind: 'unavailable', answer: cut(String(error)) }
  const code = 'code' in error ? error.code : undefined
  const isOfTheMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const isForGood = 'permanent' in error && error.permanent === true
  return { kind: isOfTheMail && isForGood ? 'refused' : 'unavailable', answer: cut(error.message) }
}

function cut(text: string): string {
  return text.slice(0, answerLengthMax)
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.')
}

function domainOf(from: Mail['to']): string {
  return /@([^\s@>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
}

type MemorySender = MailSender & { readonly sent: readonly Mail[] }

/** The stand-in: keeps what it is given, and treats the outbox's addresses as the outbox does. */
export function createMemorySender(): MemorySender {
  const sent: Mail[] = []
  let isOpen = true
  const send = async (mail: Mail): Promise<MailOutcome> => {
    if (!isOpen) return { kind: 'unavailable', answer: 'closed' }
    if (!isMailAddress(mail.to)) return { kind: 'refused', answer: 'not an address' }
    const refusal = refusalOf(mail.to)
    if (refusal !== undefined)
      return { kind: refusal.isForGood ? 'refused' : 'unavailable', answer: refusal.text }
    sent.push({ ...mail, subject: mail.subject.replaceAll(/[\r\n]+/g, ' ') })
    return { kind: 'sent', answer: '250 kept' }
  }
  return {
    sent,
    send,
    close: async () => {
      isOpen = false
    },
  }
}
