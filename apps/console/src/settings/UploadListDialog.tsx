import { Alert, Box, Button, Typography } from '@mui/material'
import { type ReactNode, useState } from 'react'
import { useFormContext } from 'react-hook-form'
import { counted, words } from '../format/words.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, usePreview } from '../parts/hooks.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'

type Rejects = { readonly rejects: readonly { readonly line: number; readonly reason: string }[] }

type Values = { readonly name: string; readonly text: string; readonly reason: string }

type UploadListProps<Answer extends Rejects> = {
  readonly title: string
  /** The path below `/api/`. */
  readonly path: string
  /** How the API names what the list is called. */
  readonly member: 'title' | 'name'
  readonly columns: string
  readonly example: string
  readonly about: string
  /** What a dry run says. */
  readonly preview: (answer: Answer) => ReactNode
  readonly onClose: () => void
}

/** A CSV is pasted or chosen, tried out, and taken. What was typed stays until the server has taken it. */
export function UploadListDialog<Answer extends Rejects>(props: UploadListProps<Answer>) {
  const { title, path, member, columns, example, about, onClose } = props
  const [tried, setTried] = useState<string>()
  const bodyOf = ({ name, text, reason }: Values) => ({ [member]: name, text, reason })
  const dryRun = usePreview<Values, Answer>((api, values) =>
    api.post(path, { ...bodyOf(values), reason: values.reason || 'a dry run', dry_run: true }),
  )
  const upload = useAction<Values, Answer>({
    send: (api, values) => api.post(path, bodyOf(values)),
    done: () => 'The list was taken.',
    onDone: onClose,
  })
  const isTaken = tried !== undefined && dryRun.data !== undefined && dryRun.data.rejects.length === 0
  return (
    <FormDialog<Values>
      title={title}
      action="Upload"
      maxWidth="md"
      initial={{ name: '', text: '', reason: '' }}
      change={upload}
      isReady={isTaken}
      beside={
        <TryButton onTry={(values) => dryRun.mutate(values, { onSuccess: () => setTried(values.text) })} />
      }
      onClose={onClose}
    >
      <Typography>{about}</Typography>
      <TextInput<Values> name="name" label="Name of the list" required autoComplete="off" />
      <FileInput onChosen={() => setTried(undefined)} />
      <TextInput<Values>
        name="text"
        label="CSV"
        required
        multiline
        minRows={5}
        maxRows={12}
        placeholder={example}
        helperText={`Columns: ${columns}. Up to 50,000 characters; longer lists are uploaded by the command.`}
        onChange={() => setTried(undefined)}
        slotProps={{ htmlInput: { style: { fontFamily: 'monospace' } }, inputLabel: { shrink: true } }}
      />
      {dryRun.error ? <ProblemAlert error={dryRun.error} /> : null}
      {dryRun.data === undefined || tried === undefined ? null : (
        <Box aria-live="polite">
          <RejectsAlert rejects={dryRun.data.rejects} />
          {dryRun.data.rejects.length === 0 ? props.preview(dryRun.data) : null}
        </Box>
      )}
      <ReasonInput />
    </FormDialog>
  )
}

/** So many are shown; the others are counted. */
const REJECTS_SHOWN_MAX = 10

function RejectsAlert({ rejects }: Rejects) {
  if (rejects.length === 0) return null
  const others = rejects.length - REJECTS_SHOWN_MAX
  return (
    <Alert severity="warning">
      The list is not taken while it has {counted(rejects.length, 'wrong line')}.
      {rejects.slice(0, REJECTS_SHOWN_MAX).map(({ line, reason }) => (
        <div key={line}>
          Line {line}: {words(reason)}
        </div>
      ))}
      {others > 0 ? <div>And {counted(others, 'other')}.</div> : null}
    </Alert>
  )
}

function TryButton({ onTry }: { onTry: (values: Values) => void }) {
  const { getValues, watch } = useFormContext<Values>()
  const [name, text] = watch(['name', 'text'])
  return (
    <Button disabled={name.trim() === '' || text.trim() === ''} onClick={() => onTry(getValues())}>
      Preview
    </Button>
  )
}

function FileInput({ onChosen }: { onChosen: () => void }) {
  const { setValue, getValues } = useFormContext<Values>()
  const read = async (file: File | undefined) => {
    if (file === undefined) return
    setValue('text', await file.text(), { shouldValidate: true })
    if (getValues('name') === '') setValue('name', file.name, { shouldValidate: true })
    onChosen()
  }
  return (
    <Button component="label" variant="outlined" sx={{ alignSelf: 'flex-start' }}>
      Choose CSV file
      <input
        type="file"
        accept=".csv,text/csv,text/plain"
        hidden
        onChange={({ target }) => void read(target.files?.[0])}
      />
    </Button>
  )
}
