import type { Logger } from '@droplock/observability/logger'
import { type LinkMail, writeLinkMail } from '@droplock/rules/member-mails'
import { isLanguage, type Language } from '@droplock/rules/members'
import type { MailSender } from '@droplock/rules/ports/mail'

type Person = { readonly email: string; readonly name: string; readonly language?: unknown }

export type AuthMails = {
  readonly confirmAddress: (person: Person, url: string) => Promise<void>
  readonly confirmChange: (person: Person, newEmail: string, url: string) => Promise<void>
  readonly resetPassword: (person: Person, url: string) => Promise<void>
  readonly knownAddress: (person: Person) => Promise<void>
  readonly invitation: (email: string, account: string, language: Language) => Promise<void>
}

type AuthMailsOptions = {
  readonly sender: MailSender | undefined
  readonly origin: string
  readonly newId: () => string
  readonly logger: Logger
}

/**
 * The mails of sign-up and sign-in. Each is sent at once, as a person waits for it; one that could not be sent is logged, and can be asked
 * for again on the page.
 */
export function openAuthMails({ sender, origin, newId, logger }: AuthMailsOptions): AuthMails {
  const send = async (to: string, mail: LinkMail) => {
    const sent = await sender?.send({ id: newId(), to, ...writeLinkMail(mail) })
    if (sent?.kind !== 'sent')
      logger.error({ kind: mail.kind, answer: sent?.answer ?? 'no mail server' }, 'a mail was not sent')
  }
  const of = ({ name, language }: Person) =>
    ({ name, language: isLanguage(String(language)) ? (String(language) as Language) : 'en' }) as const
  return {
    confirmAddress: (person, url) => send(person.email, { kind: 'confirm_address', url, ...of(person) }),
    confirmChange: (person, about, url) =>
      send(person.email, { kind: 'confirm_change', url, about, ...of(person) }),
    resetPassword: (person, url) => send(person.email, { kind: 'reset_password', url, ...of(person) }),
    knownAddress: (person) =>
      send(person.email, { kind: 'known_address', url: new URL('/sign-in', origin).href, ...of(person) }),
    invitation: (email, about, language) =>
      send(email, { kind: 'invitation', name: '', language, about, url: new URL('/sign-up', origin).href }),
  }
}
