import type { Context } from '@droplock/core/context'
import { countRequest, type RequestLimit } from '@droplock/core/members/count-request'
import type { Logger } from '@droplock/observability/logger'
import { type LinkMail, writeLinkMail } from '@droplock/rules/member-mails'
import { isLanguage, type Language } from '@droplock/rules/members'
import type { MailSender } from '@droplock/rules/ports/mail'
import { digestOf } from './digest.ts'

type Person = {
  readonly email: string
  readonly name: string
  readonly emailVerified?: boolean
  readonly language?: unknown
}

export type AuthMails = {
  readonly confirmAddress: (person: Person, url: string) => Promise<void>
  readonly confirmChange: (person: Person, newEmail: string, url: string) => Promise<void>
  readonly resetPassword: (person: Person, url: string) => Promise<void>
  readonly passwordChanged: (person: Person) => Promise<void>
  readonly knownAddress: (person: Person) => Promise<void>
  readonly invitation: (invitation: Invitation) => Promise<void>
  /** When all mails are sent, or could not be. */
  readonly settled: () => Promise<void>
}

type Invitation = {
  readonly id: string
  readonly email: string
  /** Whose account it is: their confirmed address, which nobody can make up. */
  readonly from: string
  readonly language: Language
  /** Whom it is to belongs to another account. */
  readonly isElsewhere: boolean
}

type AuthMailsOptions = {
  readonly ctx: Context
  readonly sender: MailSender | undefined
  readonly origin: string
  readonly logger: Logger
}

/** Mails to one address: whoever asks for more only fills somebody's mailbox. */
const mailsToOne: RequestLimit = { max: 10, windowSeconds: 3_600 }

/**
 * The mails of sign-up and sign-in. Each is sent at once, because a person waits for it, but nothing waits for the mail server: how long
 * an answer takes would say whether an address is known. A mail that could not be sent is logged, and can be asked for again on the page.
 */
export function openAuthMails({ ctx, sender, origin, logger }: AuthMailsOptions): AuthMails {
  const sending = new Set<Promise<void>>()
  const post = async (to: string, mail: LinkMail): Promise<void> => {
    if ((await countRequest(ctx, `mail ${digestOf(to)}`, mailsToOne)) !== undefined) {
      logger.warn({ event: 'mail.withheld', kind: mail.kind }, 'an address gets too many mails')
      return
    }
    const sent = await sender?.send({ id: ctx.newId(), to, ...writeLinkMail(mail) })
    if (sent?.kind !== 'sent')
      logger.error({ kind: mail.kind, answer: sent?.answer ?? 'no mail server' }, 'a mail was not sent')
  }
  const send = async (to: string, mail: LinkMail): Promise<void> => {
    const job = post(to, mail)
      .catch((error: unknown) => logger.error({ kind: mail.kind, error }, 'a mail was not sent'))
      .finally(() => sending.delete(job))
    sending.add(job)
  }
  const page = (language: Language, path: string) => new URL(`/${language}${path}`, origin).href
  return {
    confirmAddress: (person, url) =>
      send(person.email, { kind: 'confirm_address', url, ...greeting(person) }),
    confirmChange: (person, about, url) =>
      send(person.email, { kind: 'confirm_change', url, about, ...greeting(person) }),
    resetPassword: (person, url) => send(person.email, { kind: 'reset_password', url, ...greeting(person) }),
    passwordChanged: (person) => {
      const url = page(languageOf(person.language), '/reset-password')
      return send(person.email, { kind: 'password_changed', url, ...greeting(person) })
    },
    knownAddress: (person) => {
      const url = page(languageOf(person.language), '/sign-in')
      return send(person.email, { kind: 'known_address', url, ...greeting(person) })
    },
    invitation: ({ id, email, from, language, isElsewhere }) => {
      const url = page(language, `/sign-up?invitation=${id}&email=${encodeURIComponent(email)}`)
      const kind = isElsewhere ? 'invitation_elsewhere' : 'invitation'
      return send(email, { kind, name: '', language, about: from, url })
    },
    settled: async () => void (await Promise.all(sending)),
  }
}

/** What a stranger has typed as a name is not sent to an address that nobody has confirmed. */
function greeting({ name, emailVerified = false, language }: Person) {
  return { name: emailVerified ? name : '', language: languageOf(language) }
}

function languageOf(text: unknown): Language {
  return typeof text === 'string' && isLanguage(text) ? text : 'en'
}
