import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable, useRecordContext } from 'react-admin'
import type { AccountDelivery, AccountDetail, AccountEndpoint } from '../api/types.ts'
import { deliveryTones } from '../format/tones.ts'
import { counted } from '../format/words.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { TimeText } from '../parts/texts.tsx'

const Column = DataTable.Col<AccountDelivery>

type EndpointProps = { readonly account: AccountDetail; readonly endpoint: AccountEndpoint }

/** What an endpoint was sent; a row opens its attempts with their answers. */
export function EndpointDeliveries({ account, endpoint }: EndpointProps) {
  const path = `accounts/${account.id}/webhook-endpoints/${endpoint.id}/deliveries`
  return (
    <Section title={`Deliveries to ${endpoint.url}`}>
      <RecordTable
        inside
        resource={path}
        controls={<StateTabs states={['pending', 'delivered', 'failed']} />}
        rowClick="expand"
        expand={<Attempts />}
        empty={{ title: 'Nothing was sent yet', text: 'Events that this endpoint wants appear here.' }}
      >
        <Column
          label="State"
          render={({ state, waits }) => (
            <>
              <StateChip state={state} tone={deliveryTones[state]} />
              {waits ? <div>Behind an earlier event</div> : null}
            </>
          )}
        />
        <Column label="Topic" render={({ topic }) => topic} />
        <Column label="Event" render={({ event_id }) => <code>{event_id}</code>} />
        <Column label="Last answer" render={(delivery) => <LastAnswer delivery={delivery} />} />
        <Column
          label="Next attempt"
          render={({ next_attempt_at }) =>
            next_attempt_at === undefined ? '–' : <TimeText at={next_attempt_at} />
          }
        />
        <Column label="Created" render={({ created_at }) => <TimeText at={created_at} />} />
        <Column
          label=""
          render={(delivery) => <RetryButton path={path} delivery={delivery} isEnabled={endpoint.enabled} />}
        />
      </RecordTable>
    </Section>
  )
}

function LastAnswer({ delivery: { attempts } }: { delivery: AccountDelivery }) {
  const [last] = attempts
  if (last === undefined) return 'Not attempted yet'
  return (
    <>
      {last.status === undefined ? (last.failure ?? 'No answer') : `HTTP ${last.status}`}
      <Typography variant="caption" color="textSecondary" component="div">
        {counted(attempts.length, 'attempt')}
      </Typography>
    </>
  )
}

function Attempts() {
  const delivery = useRecordContext<AccountDelivery>()
  if (delivery === undefined || delivery.attempts.length === 0)
    return <Typography sx={{ p: 1 }}>Not attempted yet.</Typography>
  return (
    <Box component="ul" sx={{ m: 0, py: 1, pl: 3 }}>
      {delivery.attempts.map(({ attempted_at, duration_ms, status, answer, failure }) => (
        <li key={attempted_at}>
          <TimeText at={attempted_at} />, {duration_ms} ms,{' '}
          {status === undefined ? 'no answer' : `HTTP ${status}`}
          {failure === undefined ? null : `, ${failure}`}
          {answer === undefined || answer === '' ? null : (
            <Box component="code" sx={{ display: 'block', overflowWrap: 'anywhere' }}>
              {answer}
            </Box>
          )}
        </li>
      ))}
    </Box>
  )
}

type RetryProps = { readonly path: string; readonly delivery: AccountDelivery; readonly isEnabled: boolean }

function RetryButton({ path, delivery, isEnabled }: RetryProps) {
  const mayReplay = useMay('webhooks:replay')
  const [isOpen, setOpen] = useState(false)
  if (!mayReplay || !isEnabled) return null
  return (
    <Box component="span" onClick={(event) => event.stopPropagation()}>
      <Button variant="outlined" sx={{ whiteSpace: 'nowrap' }} onClick={() => setOpen(true)}>
        Send again
      </Button>
      {isOpen ? <RetryDialog path={path} delivery={delivery} onClose={() => setOpen(false)} /> : null}
    </Box>
  )
}

type RetryDialogProps = Pick<RetryProps, 'path' | 'delivery'> & { readonly onClose: () => void }

function RetryDialog({ path, delivery: { id, topic }, onClose }: RetryDialogProps) {
  const retry = useAction<Reasoned, AccountDelivery>({
    send: (api, values) => api.post(`${path}/${id}/retry`, values),
    done: () => 'The event is sent again.',
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Send ${topic} again`}
      action="Send again"
      initial={{ reason: '' }}
      change={retry}
      onClose={onClose}
    >
      <Typography>Receivers that have handled it already recognise it by its id.</Typography>
      <ReasonInput />
    </FormDialog>
  )
}
