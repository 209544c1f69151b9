import { alarmTable } from '../alarms/kinds.ts'
import { alarmWords } from '../alarms/words.ts'
import type { AlarmSnapshot } from '../events/snapshots.ts'
import type { Mail } from '../ports/mail.ts'

/** What a person is written when an alarm is raised, or is over. `consoleUrl`: where the console is opened, if that is known. */
export function writeAlarmMail(alarm: AlarmSnapshot, consoleUrl?: string): Pick<Mail, 'subject' | 'text'> {
  const { what, next } = alarmWords[alarm.kind]
  const isOver = alarm.closed_at !== undefined
  const headline = `${what}: ${subjectOf(alarm)}`
  const paragraphs = [
    isOver ? `${headline}\nOver since ${alarm.closed_at}.` : `${headline}\nRaised at ${alarm.raised_at}.`,
    isOver ? (alarm.note ?? 'The cause is gone.') : next,
    factsOf(alarm),
    consoleUrl === undefined ? '' : `Alarms: ${consoleUrl.replace(/\/$/, '')}/alarms`,
  ]
  return {
    subject: `[${isOver ? 'over' : alarm.severity}] ${headline}`,
    text: `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`,
  }
}

/** The name, of a target, and the address, of a receiver: nobody knows them by id. */
function subjectOf({ kind, subject, facts }: AlarmSnapshot): string {
  const of = alarmTable[kind].subject
  const named = { catch_target: facts['name'], event_receiver: facts['address'], sync_run: facts['source'] }
  const name = Object.hasOwn(named, of) ? named[of as keyof typeof named] : undefined
  return typeof name === 'string' ? name : subject
}

function factsOf({ facts }: AlarmSnapshot): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([member, value]) => `${member}: ${factOf(value)}`)
    .join('\n')
}

function factOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(factOf).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
