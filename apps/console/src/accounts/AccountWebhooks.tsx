import { Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { AccountDetail, AccountEndpoint } from '../api/types.ts'
import { instantOfUtc, typedUtc } from '../format/time.ts'
import { words } from '../format/words.ts'
import { FormDialog, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { AgeText, TimeText } from '../parts/texts.tsx'
import { UtcInput } from '../schedules/UtcInput.tsx'
import { EndpointDeliveries } from './EndpointDeliveries.tsx'

const Column = DataTable.Col<AccountEndpoint>

/** The webhook endpoints of an account, and what each was sent. */
export function AccountWebhooks({ account }: { account: AccountDetail }) {
  const [chosen, setChosen] = useState<AccountEndpoint>()
  return (
    <>
      <Section title="Webhook endpoints">
        <RecordTable
          inside
          resource={`accounts/${account.id}/webhook-endpoints`}
          empty={{
            title: 'No webhook endpoints',
            text: 'The customer adds endpoints by the API; events can be read there without them too.',
          }}
        >
          <Column label="State" render={(endpoint) => <EndpointState endpoint={endpoint} />} />
          <Column label="Endpoint" render={(endpoint) => <Address endpoint={endpoint} />} />
          <Column label="Topics" render={({ topics }) => topics?.join(', ') ?? 'All topics'} />
          <Column
            label="Last delivered"
            render={({ last_delivered_at }) =>
              last_delivered_at === undefined ? 'Never' : <TimeText at={last_delivered_at} />
            }
          />
          <Column
            label=""
            render={(endpoint) => (
              <Stack direction="row" sx={{ gap: 1 }}>
                <Button
                  variant="outlined"
                  aria-pressed={chosen?.id === endpoint.id}
                  onClick={() => setChosen(endpoint)}
                >
                  Deliveries
                </Button>
                <RecoverButton account={account} endpoint={endpoint} />
              </Stack>
            )}
          />
        </RecordTable>
      </Section>
      {chosen === undefined ? null : (
        <EndpointDeliveries key={chosen.id} account={account} endpoint={chosen} />
      )}
    </>
  )
}

type EndpointProps = { readonly endpoint: AccountEndpoint }

function EndpointState({
  endpoint: { enabled, disabled_reason, failing_since, recovering_since },
}: EndpointProps) {
  return (
    <>
      {enabled ? (
        <StateChip
          state={failing_since === undefined ? 'enabled' : 'failing'}
          tone={failing_since === undefined ? 'success' : 'error'}
        />
      ) : (
        <StateChip state="disabled" />
      )}
      <Typography variant="caption" color="textSecondary" component="div">
        {disabled_reason === undefined ? null : words(disabled_reason)}
        {failing_since === undefined ? null : (
          <>
            Since <AgeText since={failing_since} />
          </>
        )}
        {recovering_since === undefined ? null : 'Being sent again'}
      </Typography>
    </>
  )
}

function Address({ endpoint: { url, description } }: EndpointProps) {
  return (
    <>
      <span style={{ overflowWrap: 'anywhere' }}>{url}</span>
      <Typography variant="caption" color="textSecondary" component="div">
        {description}
      </Typography>
    </>
  )
}

type RecoverProps = EndpointProps & { readonly account: AccountDetail }

/** Only an enabled endpoint is sent anything. */
function RecoverButton({ account, endpoint }: RecoverProps) {
  const mayReplay = useMay('webhooks:replay')
  const [isOpen, setOpen] = useState(false)
  if (!mayReplay || !endpoint.enabled) return null
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Send missed
      </Button>
      {isOpen ? <RecoverDialog account={account} endpoint={endpoint} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

type RecoverValues = { readonly since: string; readonly reason: string }

const DAY_MS = 86_400_000

function RecoverDialog({ account, endpoint, onClose }: RecoverProps & { readonly onClose: () => void }) {
  const recover = useAction<RecoverValues, AccountEndpoint>({
    send: (api, { since, reason }) =>
      api.post(`accounts/${account.id}/webhook-endpoints/${endpoint.id}/recover`, {
        since: instantOfUtc(since),
        reason,
      }),
    done: ({ url }) => `What ${url} has missed is sent again.`,
    onDone: onClose,
  })
  return (
    <FormDialog<RecoverValues>
      title="Send missed webhooks"
      action="Send"
      initial={{ since: typedUtc(new Date(Date.now() - DAY_MS).toISOString()), reason: '' }}
      change={recover}
      onClose={onClose}
    >
      <Typography>
        Everything that {endpoint.url} has not accepted since this time is sent again, in order.
      </Typography>
      <UtcInput<RecoverValues> name="since" label="Since" onChange={() => undefined} />
      <ReasonInput />
    </FormDialog>
  )
}
