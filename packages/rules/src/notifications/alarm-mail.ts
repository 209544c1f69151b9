import { alarmFactTexts, alarmSubjectText, instantText } from '../alarms/text.ts'
import { alarmWords } from '../alarms/words.ts'
import type { AlarmSnapshot } from '../events/snapshots.ts'
import type { Mail } from '../ports/mail.ts'

/** What a person is written when an alarm is raised or closed. `consoleUrl`: where the console is opened, if that is known. */
export function writeAlarmMail(alarm: AlarmSnapshot, consoleUrl?: string): Pick<Mail, 'subject' | 'text'> {
  const { what, next } = alarmWords[alarm.kind]
  const { closed_at, raised_at, note, severity } = alarm
  const subject = alarmSubjectText(alarm)
  const headline = subject === undefined ? what : `${what}: ${subject}`
  const isClosed = closed_at !== undefined
  const paragraphs = [
    `${headline}\n${isClosed ? `Closed at ${instantText(closed_at)}` : `Raised at ${instantText(raised_at)}`}.`,
    isClosed ? (note ?? 'The cause is gone.') : next,
    alarmFactTexts(alarm).join('\n'),
    consoleUrl === undefined ? '' : `Alarms: ${consoleUrl.replace(/\/$/, '')}/alarms`,
  ]
  return {
    subject: `[${isClosed ? 'closed' : severity}] ${headline}`,
    text: `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`,
  }
}
