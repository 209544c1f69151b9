import { writeAlarmMail } from '@droplock/rules/notifications/alarm-mail'
import type { MailSender } from '@droplock/rules/ports/mail'
import type { Sender } from '../events/delivery-beats.ts'

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
