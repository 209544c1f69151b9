import type { Event } from '@droplock/core/events/feed'
import { webhookSecretKeysFrom } from '@droplock/core/webhook-endpoints/secret'
import { openSmtpSender } from '@droplock/mail/sender'
import { writeAlarmMail, writeDisabledMail, writeTestMail } from '@droplock/rules/notifications'
import type { MailSender } from '@droplock/rules/ports/mail'
import { openGuard } from '@droplock/webhooks/guard'
import { openPost } from '@droplock/webhooks/post'
import type { Config } from '../config.ts'
import type { DeliveryRule, Sender } from '../events/event-jobs.ts'
import { createMemberMailer, type MemberMailer } from '../mails/member-mailer.ts'
import { createWebhookSender } from './webhook-sender.ts'

function writeMail(event: Event, consoleUrl: string | undefined) {
  if (event.topic === 'webhook_endpoint.disabled') return writeDisabledMail(event.data)
  if (event.topic === 'alarm.opened' || event.topic === 'alarm.closed')
    return writeAlarmMail(event.data, consoleUrl)
  if (event.topic === 'alarm.tested') return writeTestMail(consoleUrl)
  return undefined
}

/** Writes alarms as mails, and the end of an endpoint. `consoleUrl`: where a reader opens the console. */
export function createMailSender(mails: MailSender, consoleUrl: string | undefined): Sender {
  return async ({ receiver, event }) => {
    const text = writeMail(event, consoleUrl)
    if (text === undefined)
      return { kind: 'failed', failure: `no mail is written of ${event.topic}`, isFinal: true }
    const outcome = await mails.send({ id: event.id, to: receiver.address, ...text })
    const { kind, answer } = outcome
    if (kind === 'sent') return { kind: 'delivered', answer }
    return { kind: 'failed', failure: answer, isFinal: kind === 'refused' }
  }
}

export type Senders = {
  readonly senders: DeliveryRule['senders']
  /** Left out: the settings lack a mail server or the address of the pages. */
  readonly memberMailer?: MemberMailer
  /** Whether webhooks to accounts' endpoints can be signed. */
  readonly signsForAccounts: boolean
  /** What cannot be sent waits, and this is why. */
  readonly missing?: { readonly kinds: readonly ['mail']; readonly failure: string }
  readonly close: () => Promise<void>
}

/** How events leave, by the settings. */
export function openSenders(config: Config): Senders {
  const { webhook, signsForAccounts, close } = openWebhooks(config)
  const { DROPLOCK_SMTP_URL: url, DROPLOCK_MAIL_FROM: from } = config
  if (url === undefined || from === undefined) {
    const missing = {
      kinds: ['mail'],
      failure: 'DROPLOCK_SMTP_URL and DROPLOCK_MAIL_FROM are not set',
    } as const
    return { senders: { webhook }, signsForAccounts, missing, close }
  }
  const mails = openSmtpSender({ url, from })
  return {
    senders: { webhook, mail: createMailSender(mails, config.DROPLOCK_CONSOLE_URL) },
    ...(config.MARKETPLACE_ORIGIN !== undefined && {
      memberMailer: createMemberMailer(mails, config.MARKETPLACE_ORIGIN),
    }),
    signsForAccounts,
    close: async () => {
      await Promise.all([close(), mails.close()])
    },
  }
}

/** Operators' receivers may be anywhere; accounts' endpoints are guarded. */
function openWebhooks(config: Config) {
  const own = openPost()
  const guarded = openPost(openGuard({ allowsLoopback: config.DROPLOCK_WEBHOOK_LOOPBACK === 'on' }))
  const keys = webhookSecretKeysFrom(config)
  const webhook = createWebhookSender({
    secrets: config.DROPLOCK_WEBHOOK_SECRETS,
    post: own.post,
    endpoints: keys && { keys, post: guarded.post },
  })
  const close = async () => {
    await Promise.all([own.close(), guarded.close()])
  }
  return { webhook, signsForAccounts: keys !== undefined, close }
}
