import { openSmtpSender } from '@droplock/mail/sender'
import { writeAlarmMail } from '@droplock/rules/notifications'
import type { MailSender } from '@droplock/rules/ports/mail'
import type { Config } from '../config.ts'
import type { DeliveryRule, Sender } from '../events/event-jobs.ts'
import { createWebhookSender } from './webhook-sender.ts'

/** Writes alarms as mails. `consoleUrl`: where a reader opens the console. */
export function createMailSender(mails: MailSender, consoleUrl: string | undefined): Sender {
  return async ({ receiver, event }) => {
    if (event.topic !== 'alarm.opened' && event.topic !== 'alarm.closed')
      return { kind: 'failed', failure: `no mail is written of ${event.topic}`, isFinal: true }
    const outcome = await mails.send({
      id: event.id,
      to: receiver.address,
      ...writeAlarmMail(event.data, consoleUrl),
    })
    const { kind, answer } = outcome
    if (kind === 'sent') return { kind: 'delivered', answer }
    return { kind: 'failed', failure: answer, isFinal: kind === 'refused' }
  }
}

export type Senders = {
  readonly senders: DeliveryRule['senders']
  /** What cannot be sent waits, and this is why. */
  readonly missing?: { readonly kinds: readonly ['mail']; readonly failure: string }
  readonly close: () => Promise<void>
}

/** How events leave, by the settings. */
export function openSenders(config: Config): Senders {
  const webhook = createWebhookSender(config.DROPLOCK_WEBHOOK_SECRETS)
  const { DROPLOCK_SMTP_URL: url, DROPLOCK_MAIL_FROM: from } = config
  if (url === undefined || from === undefined) {
    const missing = {
      kinds: ['mail'],
      failure: 'DROPLOCK_SMTP_URL and DROPLOCK_MAIL_FROM are not set',
    } as const
    return { senders: { webhook }, missing, close: async () => undefined }
  }
  const mails = openSmtpSender({ url, from })
  return {
    senders: { webhook, mail: createMailSender(mails, config.DROPLOCK_CONSOLE_URL) },
    close: mails.close,
  }
}
