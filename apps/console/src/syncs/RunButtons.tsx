import { type RunAction, runActions } from '@droplock/rules/lists'
import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { SyncRunDetail } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMe } from '../parts/hooks.ts'

const labels: Readonly<Record<RunAction, string>> = { publish: 'Publish', discard: 'Discard' }

/** What this person may do with the run now, by the table that the server decides with. */
export function RunButtons({ run }: { run: SyncRunDetail }) {
  const me = useMe()
  const [chosen, setChosen] = useState<RunAction>()
  return (
    <>
      {runActions({ state: run.state, isDryRun: run.dry_run }, me?.roles ?? []).map((action) => (
        <Button
          key={action}
          variant={action === 'publish' ? 'contained' : 'outlined'}
          onClick={() => setChosen(action)}
        >
          {labels[action]}
        </Button>
      ))}
      {chosen === undefined ? null : (
        <RunDialog run={run} action={chosen} onClose={() => setChosen(undefined)} />
      )}
    </>
  )
}

type RunDialogProps = {
  readonly run: SyncRunDetail
  readonly action: RunAction
  readonly onClose: () => void
}

function RunDialog({ run, action, onClose }: RunDialogProps) {
  const decide = useAction({
    send: (api, values: Reasoned) => api.post<SyncRunDetail>(`sync-runs/${run.id}/${action}`, values),
    done: () => (action === 'publish' ? 'List published.' : 'List discarded.'),
    onDone: onClose,
  })
  const { added, moved, suspected } = run.diff
  return (
    <FormDialog<Reasoned>
      title={`${labels[action]} ${run.source}`}
      action={labels[action]}
      tone={action === 'publish' ? 'primary' : 'error'}
      initial={{ reason: '' }}
      change={decide}
      onClose={onClose}
    >
      <Typography>
        {action === 'publish'
          ? `Takes effect at once. Added: ${countText(added)}, moved: ${countText(moved)}, marked suspect: ${countText(suspected)}.`
          : 'This list is not published. The same file can be uploaded again.'}
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
