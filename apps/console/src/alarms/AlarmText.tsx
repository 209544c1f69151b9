import { alarmFactTexts, alarmSubjectText, alarmTable, alarmWords } from '@droplock/rules/alarms'
import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { Alarm } from '../api/types.ts'
import type { Tone } from '../format/tones.ts'
import { AppLink } from '../parts/links.tsx'
import { NameText } from '../parts/texts.tsx'
import { alarmPage } from './alarm-page.ts'

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
      {': '}
      {subject}
    </>
  )
}

function subjectOf(alarm: Alarm): ReactNode {
  const { name, backorder_id } = alarm
  const isOrder = name !== undefined && backorder_id !== undefined
  const text = isOrder ? <NameText name={name} /> : (alarmSubjectText(alarm) ?? 'View')
  return <AppLink to={alarmPage(alarm)}>{text}</AppLink>
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
