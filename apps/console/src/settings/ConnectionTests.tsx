import { Box, Button, LinearProgress, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ConnectionTest } from '../api/types.ts'
import { connectionTestTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { FormDialog } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'

/** While a test runs it is read this often, also where no stream says that it changed. Milliseconds. */
const READ_EVERY_MS = 2_000

export function TestConnectionButton({ accountId }: { accountId: string }) {
  const maySet = useMay('registries:set')
  const [isOpen, setOpen] = useState(false)
  if (!maySet) return null
  return (
    <>
      <Button variant="outlined" aria-label={`Test connection of ${accountId}`} onClick={() => setOpen(true)}>
        Test connection
      </Button>
      {isOpen ? <TestDialog accountId={accountId} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function TestDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const test = useAction<Record<string, never>, { id: string }>({
    send: (api) => api.post('connection-tests', { registry_account_id: accountId }),
    done: () => 'The catcher tests the connection.',
    onDone: onClose,
  })
  return (
    <FormDialog<Record<string, never>>
      title={`Test connection of ${accountId}`}
      action="Test connection"
      initial={{}}
      change={test}
      onClose={onClose}
    >
      <Typography>
        Its catcher closes the sessions of the account for some seconds, opens one, logs in once, asks for the
        registry’s time and logs out. A wrong password counts at the registry as one failed login.
      </Typography>
    </FormDialog>
  )
}

type Tests = { readonly items: readonly ConnectionTest[]; readonly total: number }

/** The last test of an account, as it goes on. */
export function LastConnectionTest({ accountId }: { accountId: string }) {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<Tests>({
    queryKey: ['connection-tests', accountId],
    queryFn: () =>
      api.get(`connection-tests?per_page=1&registry_account_id=${encodeURIComponent(accountId)}`),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.items[0]) ? READ_EVERY_MS : false),
    retry: false,
  })
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  const [test] = data.items
  return (
    <Box
      role="region"
      aria-label={`Last connection test of ${accountId}`}
      sx={{ borderTop: 1, borderColor: 'divider' }}
    >
      <Typography variant="h3" sx={{ px: 2, pt: 1.5 }}>
        Last connection test
      </Typography>
      {test === undefined ? (
        <Typography color="textSecondary" sx={{ px: 2, py: 1.5 }}>
          Not tested yet.
        </Typography>
      ) : (
        <Result test={test} />
      )}
    </Box>
  )
}

function isUnderWay(test: ConnectionTest | undefined): boolean {
  return test?.state === 'requested' || test?.state === 'running'
}

const steps: Readonly<Record<NonNullable<ConnectionTest['step']>, string>> = {
  credentials: 'Credentials',
  connect: 'Connection',
  greeting: 'Greeting',
  login: 'Login',
  hello: 'Hello',
}

function Result({ test }: { test: ConnectionTest }) {
  const { findings, state } = test
  const { greeting, certificate, clock } = findings
  return (
    <>
      {isUnderWay(test) ? <LinearProgress aria-label="Testing" sx={{ mx: 2, mt: 1 }} /> : null}
      <Facts
        facts={[
          ['Result', <State key="state" test={test} />],
          ['Requested', <TimeText key="at" at={test.requested_at} />],
          ['By', test.requested_by],
          [
            'Why',
            state === 'unanswered'
              ? 'No catcher took it. Is one running with credentials of this account?'
              : whyText(test),
          ],
          [
            'Steps',
            findings.steps?.map(({ step, took_ms }) => (
              <div key={step}>{`${steps[step]}: ${took_ms} ms`}</div>
            )),
          ],
          [
            'Hosts tried',
            findings.hosts?.map((host) => <div key={`${host.host}:${host.port}`}>{hostText(host)}</div>),
          ],
          ['Certificate expires', certificate && <TimeText key="expires" at={certificate.expires_at} />],
          ['Certificate', certificate && `${certificate.subject}; issued by ${certificate.issuer}`],
          ['Registry', greeting?.server_name],
          ['Registry’s clock', clock && clockText(clock)],
          ['Objects', greeting && namesText(greeting.objects)],
          ['Extensions', greeting && (namesText(greeting.extensions) || 'None')],
          ['EPP and languages', greeting && [...greeting.versions, ...greeting.langs].join(', ')],
        ]}
      />
    </>
  )
}

function State({ test: { state, step } }: { test: ConnectionTest }) {
  return (
    <>
      <StateChip state={state} tone={connectionTestTones[state]} />
      {step === undefined ? null : ` at: ${steps[step].toLowerCase()}`}
    </>
  )
}

function whyText({ answer_code, message }: ConnectionTest): string | undefined {
  if (message === undefined || answer_code === undefined) return message
  return message.includes(String(answer_code)) ? message : `${answer_code}: ${message}`
}

function hostText({ host, port, failure }: NonNullable<ConnectionTest['findings']['hosts']>[number]): string {
  return failure === undefined ? `${host}:${port}` : `${host}:${port} – ${words(failure).toLowerCase()}`
}

function clockText({ offset_ms, error_ms }: { offset_ms: number; error_ms: number }): string {
  return `${offset_ms >= 0 ? '+' : ''}${offset_ms.toFixed(1)} ms, ± ${error_ms.toFixed(1)} ms`
}

/** `urn:ietf:params:xml:ns:domain-1.0` → `domain-1.0`. */
function namesText(uris: readonly string[]): string {
  return uris.map((uri) => uri.split(':').at(-1) ?? uri).join(', ')
}
