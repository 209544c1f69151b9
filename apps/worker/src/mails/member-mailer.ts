import { domainToUnicode } from 'node:url'
import type { DueMail } from '@droplock/core/member-mails/claim-due'
import { writeEventMail } from '@droplock/rules/event-mails/write'
import type { MailOutcome, MailSender } from '@droplock/rules/ports/mail'

/** Sends a mail to a person of an account. Never throws for what a mail server does. */
export type MemberMailer = (mail: DueMail) => Promise<MailOutcome>

/** Writes what happened in the reader's language, with links to the pages. `origin`: their address. */
export function createMemberMailer(mails: MailSender, origin: string): MemberMailer {
  const root = origin.replace(/\/$/, '')
  return ({ id, email, name, language, unsubscribeKey, topics }) => {
    const path = `mails/off?key=${unsubscribeKey}`
    const unsubscribeUrl = `${root}/${language}/${path}`
    const written = writeEventMail({ language, name, topics, origin: root, unsubscribeUrl, nameText })
    return mails.send({ id, to: email, ...written, unsubscribeUrl: `${root}/${path}` })
  }
}

/** An IDN in both forms, because the one that is registered cannot be read and the other can be imitated. */
function nameText(name: string): string {
  const unicode = domainToUnicode(name)
  return unicode === '' || unicode === name ? name : `${unicode} (${name})`
}
