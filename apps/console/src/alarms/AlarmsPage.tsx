import { alarmKinds, alarmWords } from '@droplock/rules/alarms'
import { Typography } from '@mui/material'
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

/** All alarms, urgent ones first. */
export function AlarmsPage() {
  return (
    <Page title="Alarms" about="Urgent alarms first. Most alarms close automatically when the cause is gone.">
      <RecordTable
        resource="alarms"
        controls={<Controls />}
        empty={{ title: 'All clear', text: 'Open alarms appear here.' }}
      >
        <Column
          label="State"
          render={(alarm) => (
            <StateChip
              state={alarm.closed_at === undefined ? severityOf(alarm) : 'closed'}
              tone={toneOf(alarm)}
            />
          )}
        />
        <Column
          label="Raised"
          render={({ raised_at, closed_at }) => <Since at={raised_at} isOpen={closed_at === undefined} />}
        />
        <Column label="Alarm" render={(alarm) => <What alarm={alarm} />} />
        <Column label="Last seen" render={(alarm) => <TimeText at={alarm.last_seen_at} />} />
        <Column label="Closed" render={(alarm) => <Closed alarm={alarm} />} />
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

function severityOf(alarm: Alarm): 'urgent' | 'warning' {
  return toneOf(alarm) === 'error' ? 'urgent' : 'warning'
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
