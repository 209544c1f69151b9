import { alarmWords } from '@droplock/rules/alarms'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Receiver } from '../api/types.ts'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { AddReceiverButton, ReceiverButtons } from './ReceiverButtons.tsx'

const Column = DataTable.Col<Receiver>

/** Who is notified of alarms, by mail or webhook. */
export function ReceiversPage() {
  return (
    <Page
      title="Notifications"
      about="Alarms are sent to these email addresses and webhooks. Open alarms are also listed on Today."
      actions={<AddReceiverButton />}
    >
      <RecordTable
        resource="receivers"
        empty={{ title: 'No receivers yet', text: 'Add an email address or a webhook to send alarms to.' }}
      >
        <Column label="State" render={(receiver) => <State receiver={receiver} />} />
        <Column label="Sent to" render={(receiver) => <Address receiver={receiver} />} />
        <Column label="Alarms" render={(receiver) => <Kinds receiver={receiver} />} />
        <Column label="Last delivered" render={(receiver) => <LastDelivered receiver={receiver} />} />
        <Column label="" render={(receiver) => <ReceiverButtons receiver={receiver} />} />
      </RecordTable>
    </Page>
  )
}

type Row = { readonly receiver: Receiver }

function State({ receiver: { disabled_at, failed, last_failure } }: Row) {
  if (disabled_at !== undefined) return <StateChip state="disabled" />
  if (failed > 0) return <StateChip state="failing" tone="error" />
  return last_failure === undefined ? (
    <StateChip state="enabled" tone="success" />
  ) : (
    <StateChip state="retrying" tone="warning" />
  )
}

function Address({ receiver: { kind, address, secret_name } }: Row) {
  return (
    <>
      <span style={{ overflowWrap: 'anywhere' }}>{address}</span>
      <Typography variant="caption" color="textSecondary" component="div">
        {kind === 'mail' ? 'Email' : `Webhook, signed with the secret ${secret_name}`}
      </Typography>
    </>
  )
}

function Kinds({ receiver: { alarm_kinds, on_close } }: Row) {
  return (
    <>
      {alarm_kinds === undefined ? 'All kinds' : alarm_kinds.map((kind) => alarmWords[kind].what).join(', ')}
      <Typography variant="caption" color="textSecondary" component="div">
        {on_close ? 'When raised and when closed' : 'When raised'}
      </Typography>
    </>
  )
}

function LastDelivered({ receiver: { last_delivered_at, pending, failed, last_failure } }: Row) {
  const waiting = [pending > 0 ? `${pending} pending` : '', failed > 0 ? `${failed} failed` : '']
  const facts = [...waiting, last_failure ?? ''].filter((fact) => fact !== '')
  return (
    <>
      {last_delivered_at === undefined ? 'Never' : <TimeText at={last_delivered_at} />}
      <Typography
        variant="caption"
        color="textSecondary"
        component="div"
        sx={{ maxWidth: 320, overflowWrap: 'anywhere' }}
      >
        {facts.join(' · ')}
      </Typography>
    </>
  )
}
