import { Button, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ReconciliationProgress } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { useLastRuns } from './last-run.ts'

/** Starts a reconciliation, for those who may; while one is requested it says so. */
export function StartButton() {
  const mayStart = useMay('reconciliation:start')
  const [isOpen, setOpen] = useState(false)
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<ReconciliationProgress>({
    queryKey: ['reconciliation', 'request'],
    queryFn: () => api.get('reconciliation/request'),
    retry: false,
  })
  const run = useLastRuns().data?.items[0]
  const isRunning = run !== undefined && run.finished_at === undefined
  const request = data?.request
  const isRequested = request !== undefined && request.run_id === undefined
  if (!mayStart && !isRequested) return null
  return (
    <>
      {isRequested ? (
        <Typography color="textSecondary" sx={{ alignSelf: 'center' }}>
          Requested by {request.requested_by.name}
          {isRunning ? '; it begins after the one that runs' : ''}
        </Typography>
      ) : null}
      {mayStart ? (
        <Button variant="outlined" disabled={isRequested || isRunning} onClick={() => setOpen(true)}>
          {isRunning ? 'Running…' : 'Start reconciliation'}
        </Button>
      ) : null}
      {isOpen ? <StartDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function StartDialog({ onClose }: { onClose: () => void }) {
  const start = useAction<Reasoned, ReconciliationProgress>({
    send: (api, { reason }) => api.post('reconciliation/request', { reason }),
    done: () => 'Reconciliation requested. Its result appears here.',
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title="Start reconciliation"
      action="Start"
      initial={{ reason: '' }}
      change={start}
      onClose={onClose}
    >
      <Typography>
        Our books are compared with those of the payment provider and the registries, as every day. It takes
        from seconds to some minutes.
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
