import { type ScheduleChangeAction, scheduleChangeActions } from '@droplock/rules/schedule/change-actions'
import { Button, Skeleton, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ScheduleChangeDetail, ScheduleChangePreview } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMe } from '../parts/hooks.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { ApplyDialog } from './ApplyDialog.tsx'
import { ChangeCounts } from './ChangeCounts.tsx'
import { PreviewedListings } from './PreviewedListings.tsx'

const labels: Readonly<Record<ScheduleChangeAction, string>> = { apply: 'Apply', stop: 'Stop', undo: 'Undo' }

/** What this person may do with the change now, by the table that the server decides with. */
export function ChangeButtons({ change }: { change: ScheduleChangeDetail }) {
  const me = useMe()
  const [chosen, setChosen] = useState<ScheduleChangeAction>()
  const close = () => setChosen(undefined)
  const { state, action } = change
  const continues = state === 'stopped'
  return (
    <>
      {scheduleChangeActions({ state, kind: action.kind }, me?.roles ?? []).map((each) => (
        <Button
          key={each}
          variant={each === 'apply' ? 'contained' : 'outlined'}
          color={each === 'stop' ? 'error' : 'primary'}
          onClick={() => setChosen(each)}
        >
          {each === 'apply' && continues ? 'Continue' : labels[each]}
        </Button>
      ))}
      {chosen === 'apply' ? (
        <ApplyDialog
          id={change.id}
          counts={continues ? undefined : change.counts}
          continues={continues}
          onClose={close}
          onDone={close}
        />
      ) : null}
      {chosen === 'stop' ? <StopDialog change={change} onClose={close} /> : null}
      {chosen === 'undo' ? <UndoDialog change={change} onClose={close} /> : null}
    </>
  )
}

type DialogProps = { readonly change: ScheduleChangeDetail; readonly onClose: () => void }

function StopDialog({ change: { id, progress }, onClose }: DialogProps) {
  const stop = useAction<Reasoned, ScheduleChangeDetail>({
    send: (api, values) => api.post(`schedule-changes/${id}/stop`, values),
    done: () => 'The change is stopped.',
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title="Stop the change"
      action="Stop"
      tone="error"
      initial={{ reason: '' }}
      change={stop}
      onClose={onClose}
    >
      <Typography>
        {progress.applied.toLocaleString('en')} of {progress.listings.toLocaleString('en')} are applied and
        keep their new schedule. The others stay as they are. It can be continued or undone.
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}

/** Shows what undoing would do now, then undoes the change. */
function UndoDialog({ change: { id }, onClose }: DialogProps) {
  const api = useDataProvider<ConsoleDataProvider>()
  const preview = useQuery<ScheduleChangePreview>({
    queryKey: ['schedule-changes', id, 'undo'],
    queryFn: () => api.get(`schedule-changes/${id}/undo`),
    retry: false,
  })
  const undo = useAction<Reasoned, ScheduleChangeDetail>({
    send: (each, values) => each.post(`schedule-changes/${id}/undo`, values),
    done: () => 'The change is being undone.',
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title="Undo the change"
      action="Undo"
      maxWidth="md"
      initial={{ reason: '' }}
      isReady={preview.data !== undefined}
      change={undo}
      onClose={onClose}
    >
      <Typography>
        Its names return to what the lists say now. A name that another change moved since, or that drops, is
        skipped. Orders that were accepted meanwhile stay.
      </Typography>
      {preview.error === null ? null : (
        <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {preview.data === undefined ? (
        preview.error === null ? (
          <Skeleton variant="rounded" height={180} />
        ) : null
      ) : (
        <>
          <ChangeCounts counts={preview.data.counts} />
          <div style={{ maxHeight: 320, overflow: 'auto' }}>
            <PreviewedListings preview={preview.data} />
          </div>
        </>
      )}
      <ReasonInput />
    </FormDialog>
  )
}
