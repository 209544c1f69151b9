import { alarmKinds, alarmWords } from '@droplock/rules/alarms'
import { Box, Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Alarm } from '../api/types.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { Since, TimeText } from '../parts/texts.tsx'
import { AlarmFacts, AlarmText, toneOf } from './AlarmText.tsx'
import { CloseAlarmButton } from './CloseAlarmButton.tsx'

const Column = DataTable.Col<Alarm>

/** On a telephone each alarm is one column. */
const wide = { display: { xs: 'none', sm: 'table-cell' } } as const
const narrow = { display: { xs: 'flex', sm: 'none' } } as const

/** All alarms, urgent ones first. */
export function AlarmsPage() {
  return (
    <Page title="Alarms" about="Urgent alarms first. Most alarms close automatically when the cause is gone.">
      <RecordTable
        resource="alarms"
        fitsPhone
        controls={<Controls />}
        empty={{ title: 'All clear', text: 'Open alarms appear here.' }}
      >
        <Column label="State" sx={wide} render={(alarm) => <Severity alarm={alarm} />} />
        <Column label="Raised" sx={wide} render={(alarm) => <Raised alarm={alarm} />} />
        <Column
          label="Alarm"
          render={(alarm) => (
            <>
              <Box sx={{ ...narrow, gap: 1.5 }}>
                <Severity alarm={alarm} />
                <Raised alarm={alarm} />
              </Box>
              <What alarm={alarm} />
              <Box sx={{ ...narrow, mt: 0.5 }}>
                <Closed alarm={alarm} />
              </Box>
            </>
          )}
        />
        <Column label="Last seen" sx={wide} render={(alarm) => <TimeText at={alarm.last_seen_at} />} />
        <Column label="Closed" sx={wide} render={(alarm) => <Closed alarm={alarm} />} />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  return (
    <>
      <ChoiceFilter source="state" label="State" choices={['closed']} any="Open" />
      <ChoiceFilter
        source="kind"
        label="Kind"
        choices={alarmKinds}
        nameOf={(kind) => alarmWords[kind].what}
        width={240}
      />
    </>
  )
}

function Severity({ alarm }: { alarm: Alarm }) {
  const tone = toneOf(alarm)
  const severity = tone === 'error' ? 'urgent' : 'warning'
  return <StateChip state={alarm.closed_at === undefined ? severity : 'closed'} tone={tone} />
}

function Raised({ alarm: { raised_at, closed_at } }: { alarm: Alarm }) {
  return <Since at={raised_at} isOpen={closed_at === undefined} />
}

function What({ alarm }: { alarm: Alarm }) {
  return (
    <>
      <AlarmText alarm={alarm} />
      <AlarmFacts alarm={alarm} />
      {alarm.closed_at === undefined ? (
        <Typography variant="caption" component="div">
          {alarmWords[alarm.kind].next}
        </Typography>
      ) : null}
    </>
  )
}

function Closed({ alarm }: { alarm: Alarm }) {
  const { closed_at, closed_by, note } = alarm
  if (closed_at === undefined) return <CloseAlarmButton alarm={alarm} />
  return (
    <>
      <TimeText at={closed_at} />
      <Typography variant="caption" color="textSecondary" component="div">
        {closed_by === undefined ? 'Automatically' : `${closed_by.name}: ${note}`}
      </Typography>
    </>
  )
}
