import { alarmTable } from '@droplock/rules/alarms/kinds'
import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { Alarm } from '../api/types.ts'
import { recordLink } from '../format/links.ts'
import type { Tone } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { AppLink } from '../parts/AppLink.tsx'
import { NameText } from '../parts/NameText.tsx'
import { alarmWords } from './alarm-words.ts'

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

function AlarmSubject({ alarm: { kind, subject, name, backorder_id } }: { alarm: Alarm }): ReactNode {
  if (name !== undefined && backorder_id !== undefined) {
    return (
      <AppLink to={recordLink('backorders', backorder_id)}>
        <NameText name={name} />
      </AppLink>
    )
  }
  if (alarmTable[kind].subject === 'sync_run') {
    return <AppLink to={recordLink('sync-runs', subject)}>the list</AppLink>
  }
  return alarmTable[kind].subject === 'zone' ? `.${subject}` : subject
}

/** What was seen last, as `Code 2501 · Host …`; a name that the alarm is about stands in it already. */
export function AlarmFacts({ alarm: { facts, name } }: { alarm: Alarm }) {
  const text = factsText(facts, name)
  if (text === '') return null
  return (
    <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
      {text}
    </Typography>
  )
}

function factsText(facts: Alarm['facts'], name: string | undefined): string {
  if (typeof facts !== 'object' || facts === null) return ''
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== undefined && value !== name)
    .map(([member, value]) => `${words(member)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' · ')
}
