import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { ListSource } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { AddSourceDialog, EditSourceDialog } from './SourceDialog.tsx'

export function AddSourceButton() {
  const mayManage = useMay('sources:manage')
  const [isOpen, setOpen] = useState(false)
  if (!mayManage) return null
  return (
    <>
      <Button variant="contained" onClick={() => setOpen(true)}>
        Add source
      </Button>
      {isOpen ? <AddSourceDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

type Asked = {
  readonly label: string
  readonly path: string
  readonly body?: object
  readonly about: string
  readonly done: string
}

/** What a reason is asked for; each is one call. */
const asked = {
  run: {
    label: 'Run now',
    path: 'fetch',
    about:
      'A worker fetches the list within seconds, and publishes it unless it would change unusually much.',
    done: 'The list is fetched within seconds.',
  },
  dryRun: {
    label: 'Dry run',
    path: 'fetch',
    body: { dry_run: true },
    about: 'A worker fetches the list within seconds and compares it. Nothing changes.',
    done: 'The list is fetched and compared within seconds.',
  },
  enable: {
    label: 'Enable',
    path: 'enable',
    about: 'The source is fetched at once, and then at its interval.',
    done: 'Source enabled.',
  },
  disable: {
    label: 'Disable',
    path: 'disable',
    about:
      'The source is no longer fetched. A fetch that is under way stops within seconds. Its names stay listed.',
    done: 'Source disabled.',
  },
} as const satisfies Readonly<Record<string, Asked>>

type Choice = keyof typeof asked

/** What this person may do with the source now. */
export function SourceButtons({ source }: { source: ListSource }) {
  const mayManage = useMay('sources:manage')
  const [chosen, setChosen] = useState<Choice | 'edit'>()
  if (!mayManage) return null
  const close = () => setChosen(undefined)
  const toggle = source.enabled ? 'disable' : 'enable'
  return (
    <>
      <Button
        variant="outlined"
        color={source.enabled ? 'error' : 'primary'}
        onClick={() => setChosen(toggle)}
      >
        {asked[toggle].label}
      </Button>
      <Button variant="outlined" onClick={() => setChosen('edit')}>
        Edit
      </Button>
      {source.enabled ? (
        <>
          <Button variant="outlined" onClick={() => setChosen('dryRun')}>
            Dry run
          </Button>
          <Button variant="contained" onClick={() => setChosen('run')}>
            Run now
          </Button>
        </>
      ) : null}
      {chosen === 'edit' ? <EditSourceDialog source={source} onClose={close} /> : null}
      {chosen === undefined || chosen === 'edit' ? null : (
        <AskedDialog source={source} choice={chosen} onClose={close} />
      )}
    </>
  )
}

type AskedDialogProps = {
  readonly source: ListSource
  readonly choice: Choice
  readonly onClose: () => void
}

function AskedDialog({ source, choice, onClose }: AskedDialogProps) {
  const { label, path, about, done, ...more }: Asked = asked[choice]
  const send = useAction<Reasoned, ListSource>({
    send: (api, values) => api.post(`list-sources/${source.id}/${path}`, { ...more.body, ...values }),
    done: () => done,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`${label}: ${source.address}`}
      action={label}
      tone={choice === 'disable' ? 'error' : 'primary'}
      initial={{ reason: '' }}
      change={send}
      onClose={onClose}
    >
      <Typography>{about}</Typography>
      <ReasonInput />
    </FormDialog>
  )
}
