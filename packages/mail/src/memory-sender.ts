import { isMailAddress } from '@droplock/rules/notifications/mail-address'
import type { Mail, MailOutcome, MailSender } from '@droplock/rules/ports/mail'
import { refusalOf } from './outbox/addresses.ts'

export type MemorySender = MailSender & { readonly sent: readonly Mail[] }

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
