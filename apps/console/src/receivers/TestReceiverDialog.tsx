import { LinearProgress, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Receiver, ReceiverTest } from '../api/types.ts'
import { Facts } from '../parts/Facts.tsx'
import { FormDialog } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'

/** How often the result is read until there is one. Milliseconds. */
const READ_EVERY_MS = 1_000

const tones = { pending: 'info', delivered: 'success', failed: 'error' } as const

/** Sends a test to a receiver, and shows what it answered. */
export function TestReceiverDialog({ receiver, onClose }: { receiver: Receiver; onClose: () => void }) {
  const [test, setTest] = useState<ReceiverTest>()
  const send = useAction<Record<string, never>, ReceiverTest>({
    send: (api) => api.post(`receivers/${receiver.id}/test`, {}),
    done: () => 'A worker sends the test.',
    onDone: setTest,
  })
  return (
    <FormDialog<Record<string, never>>
      title={`Test ${receiver.address}`}
      action={test === undefined ? 'Send test' : 'Send another'}
      cancel="Close"
      initial={{}}
      change={send}
      onClose={onClose}
    >
      <Typography>
        {receiver.kind === 'mail'
          ? 'A worker sends a mail that is marked as a test.'
          : 'A worker sends the event alarm.tested, signed like every alarm.'}{' '}
        Other receivers get nothing.
      </Typography>
      {test === undefined ? null : <Result key={test.id} test={test} />}
    </FormDialog>
  )
}

function Result({ test }: { test: ReceiverTest }) {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data = test } = useQuery<ReceiverTest>({
    queryKey: ['receivers', 'test', test.id],
    queryFn: () => api.get(`receiver-tests/${test.id}`),
    refetchInterval: ({ state }) => (state.data?.decided_at === undefined ? READ_EVERY_MS : false),
    retry: false,
  })
  const { state, attempts, decided_at, answer, failure } = data
  return (
    <div role="status" aria-label="Result">
      {state === 'pending' ? <LinearProgress aria-label="Sending" /> : null}
      <Facts
        facts={[
          ['Result', <StateChip key="state" state={state} tone={tones[state]} />],
          ['Attempts', attempts],
          ['Decided', decided_at && <TimeText key="at" at={decided_at} />],
          ['It answered', answer],
          ['Why it failed', failure],
          ['Waiting', state === 'pending' && attempts === 0 && 'for a worker. Is one running?'],
        ]}
      />
    </div>
  )
}
