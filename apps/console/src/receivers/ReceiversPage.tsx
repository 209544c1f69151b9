import { alarmWords } from '@droplock/rules/alarms'
import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { Receiver } from '../api/types.ts'
import { useMay } from '../parts/hooks.ts'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { DisableDialog } from './DisableDialog.tsx'
import { ReceiverDialog } from './ReceiverDialog.tsx'
import { ResendDialog } from './ResendDialog.tsx'

const Column = DataTable.Col<Receiver>

/** Who is notified of alarms, by mail or webhook. */
export function ReceiversPage() {
  return (
    <Page
      title="Notifications"
      about="Alarms are sent to these mail addresses and webhooks. Open alarms are also listed on Today."
      actions={<AddButton />}
    >
      <RecordTable
        resource="receivers"
        empty={{ title: 'Nobody is notified', text: 'Add a mail address or a webhook.' }}
      >
        <Column label="State" render={(receiver) => <State receiver={receiver} />} />
        <Column label="Sent to" render={(receiver) => <Address receiver={receiver} />} />
        <Column label="Alarms" render={(receiver) => <Kinds receiver={receiver} />} />
        <Column label="Last delivered" render={(receiver) => <LastDelivered receiver={receiver} />} />
        <Column label="" render={(receiver) => <Buttons receiver={receiver} />} />
      </RecordTable>
    </Page>
  )
}

function AddButton() {
  const mayManage = useMay('receivers:manage')
  const [isOpen, setIsOpen] = useState(false)
  if (!mayManage) return null
  return (
    <>
      <Button variant="contained" onClick={() => setIsOpen(true)}>
        Add a receiver
      </Button>
      {isOpen ? <ReceiverDialog onClose={() => setIsOpen(false)} /> : null}
    </>
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
        {kind === 'mail' ? 'Mail' : `Webhook, signed with the secret ${secret_name}`}
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

function Buttons({ receiver }: Row) {
  const mayManage = useMay('receivers:manage')
  const [chosen, setChosen] = useState<'resend' | 'change' | 'disable'>()
  if (!mayManage || receiver.disabled_at !== undefined) return null
  const close = () => setChosen(undefined)
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {receiver.failed > 0 ? (
        <Button variant="outlined" onClick={() => setChosen('resend')}>
          Send again
        </Button>
      ) : null}
      <Button variant="outlined" onClick={() => setChosen('change')}>
        Change
      </Button>
      <Button variant="outlined" color="error" onClick={() => setChosen('disable')}>
        Disable
      </Button>
      {chosen === 'resend' ? <ResendDialog receiver={receiver} onClose={close} /> : null}
      {chosen === 'change' ? <ReceiverDialog receiver={receiver} onClose={close} /> : null}
      {chosen === 'disable' ? <DisableDialog receiver={receiver} onClose={close} /> : null}
    </Box>
  )
}
