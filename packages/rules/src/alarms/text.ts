import { type AlarmKind, type AlarmSubject, alarmTable } from './kinds.ts'

type DescribedAlarm = { readonly kind: AlarmKind; readonly subject: string; readonly facts: unknown }

/** By which fact a subject is known, where nobody knows it by its id. */
const named: Partial<Readonly<Record<AlarmSubject, string>>> = {
  catch_target: 'name',
  event_receiver: 'address',
  sync_run: 'source',
}

/** What an alarm is about, as people know it. Undefined where there is one alone, and its kind says all. */
export function alarmSubjectText({ kind, subject, facts }: DescribedAlarm): string | undefined {
  const of: AlarmSubject = alarmTable[kind].subject
  if (of === 'worker' || of === 'audit') return undefined
  if (of === 'zone') return `.${subject}`
  const name = entriesOf(facts).find(([member]) => member === named[of])?.[1]
  return typeof name === 'string' ? name : subject
}

/** What was seen last, each as `Drop from: 2026-02-15 13:00:00 UTC`, without what the subject says already. */
export function alarmFactTexts(alarm: DescribedAlarm): readonly string[] {
  const subject = alarmSubjectText(alarm)
  return entriesOf(alarm.facts)
    .filter(([, value]) => value !== null && value !== undefined && value !== subject)
    .map(([member, value]) => `${labelOf(member)}: ${valueText(value)}`)
}

function entriesOf(facts: unknown): readonly (readonly [string, unknown])[] {
  return typeof facts === 'object' && facts !== null ? Object.entries(facts) : []
}

/** `firstDropAt` → `First drop at`. */
function labelOf(member: string): string {
  const text = member.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => valueText(each).replaceAll('_', ' ')).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : instantText(String(value))
}

/** An instant as the console writes it; any other text as it is. */
export function instantText(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, '$1 $2 UTC')
}
