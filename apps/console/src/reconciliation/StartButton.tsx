import { Button, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ReconciliationProgress } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'

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
  const request = data?.request
  if (request !== undefined && request.run_id === undefined)
    return <Typography color="textSecondary">Requested by {request.requested_by.name}</Typography>
  if (!mayStart) return null
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Start reconciliation
      </Button>
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
