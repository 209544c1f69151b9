import { alarmTable } from '@droplock/rules/alarms/kinds'
import { alarmWords } from '@droplock/rules/alarms/words'
import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { Alarm } from '../api/types.ts'
import { recordLink } from '../format/links.ts'
import type { Tone } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { AppLink } from '../parts/AppLink.tsx'
import { NameText } from '../parts/NameText.tsx'

export function toneOf({ kind, closed_at }: Alarm): Extract<Tone, 'error' | 'warning' | 'neutral'> {
  if (closed_at !== undefined) return 'neutral'
  return alarmTable[kind].severity === 'urgent' ? 'error' : 'warning'
}

/** What has happened, and to what; the subject leads to where it is solved. */
export function AlarmText({ alarm }: { alarm: Alarm }) {
  return (
    <>
      <span style={{ fontWeight: 600 }}>{alarmWords[alarm.kind].what}</span>
      {': '}
      <AlarmSubject alarm={alarm} />
    </>
  )
}

function AlarmSubject({ alarm }: { alarm: Alarm }): ReactNode {
  const { kind, subject, name, backorder_id } = alarm
  if (name !== undefined && backorder_id !== undefined) {
    return (
      <AppLink to={recordLink('backorders', backorder_id)}>
        <NameText name={name} />
      </AppLink>
    )
  }
  if (alarmTable[kind].subject === 'sync_run') {
    return <AppLink to={recordLink('sync-runs', subject)}>{sourceOf(alarm) ?? 'the list'}</AppLink>
  }
  return alarmTable[kind].subject === 'zone' ? `.${subject}` : subject
}

function sourceOf({ facts }: Alarm): string | undefined {
  const source: unknown =
    typeof facts === 'object' && facts !== null ? Reflect.get(facts, 'source') : undefined
  return typeof source === 'string' ? source : undefined
}

/** What was seen last, as `Code 2501 · Host …`, without what the alarm names already. */
export function AlarmFacts({ alarm }: { alarm: Alarm }) {
  const { facts, name } = alarm
  const text = factsText(facts, name ?? sourceOf(alarm))
  if (text === '') return null
  return (
    <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
      {text}
    </Typography>
  )
}

function factsText(facts: Alarm['facts'], named: string | undefined): string {
  if (typeof facts !== 'object' || facts === null) return ''
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== undefined && value !== named)
    .map(([member, value]) => `${words(member)} ${factText(value)}`)
    .join(' · ')
}

function factText(value: unknown): string {
  if (Array.isArray(value)) return value.map((each) => words(String(each)).toLowerCase()).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
