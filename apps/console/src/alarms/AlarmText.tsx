import { alarmFactTexts, alarmSubjectText, alarmTable, alarmWords } from '@droplock/rules/alarms'
import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { Alarm } from '../api/types.ts'
import type { Tone } from '../format/tones.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { NameText } from '../parts/texts.tsx'

export function toneOf({ kind, closed_at }: Alarm): Extract<Tone, 'error' | 'warning' | 'neutral'> {
  if (closed_at !== undefined) return 'neutral'
  return alarmTable[kind].severity === 'urgent' ? 'error' : 'warning'
}

/** What has happened, and to what; the subject leads to where it is solved. */
export function AlarmText({ alarm }: { alarm: Alarm }) {
  const subject = subjectOf(alarm)
  return (
    <>
      <span style={{ fontWeight: 600 }}>{alarmWords[alarm.kind].what}</span>
      {subject === undefined ? null : ': '}
      {subject}
    </>
  )
}

function subjectOf(alarm: Alarm): ReactNode {
  const { kind, subject, name, backorder_id } = alarm
  if (name !== undefined && backorder_id !== undefined) {
    return (
      <AppLink to={recordLink('backorders', backorder_id)}>
        <NameText name={name} />
      </AppLink>
    )
  }
  const text = alarmSubjectText(alarm)
  if (alarmTable[kind].subject === 'sync_run')
    return <AppLink to={recordLink('sync-runs', subject)}>{text}</AppLink>
  if (alarmTable[kind].subject === 'listing')
    return <AppLink to={recordLink('listings', subject)}>{text}</AppLink>
  if (alarmTable[kind].subject === 'event_receiver')
    return <AppLink to={listLink('receivers')}>{text}</AppLink>
  return text
}

/** What was seen last, as `Code: 2501 · Host: …`. */
export function AlarmFacts({ alarm }: { alarm: Alarm }) {
  const texts = alarmFactTexts(alarm)
  if (texts.length === 0) return null
  return (
    <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
      {texts.join(' · ')}
    </Typography>
  )
}
