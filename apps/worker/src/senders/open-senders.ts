import { openSmtpSender } from '@droplock/mail/smtp-sender'
import type { Config } from '../config.ts'
import type { DeliveryRule } from '../events/delivery-beats.ts'
import { createMailSender } from './mail-sender.ts'
import { createWebhookSender } from './webhook-sender.ts'

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
