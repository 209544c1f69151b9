import { Alert, LinearProgress, MenuItem, Stack, TextField } from '@mui/material'
import { useState } from 'react'
import { useRedirect } from 'react-admin'
import type { Registry, Upload } from '../api/types.ts'
import { recordLink } from '../format/links.ts'
import { SendDialog } from '../parts/SendDialog.tsx'
import { useAction } from '../parts/use-action.ts'
import { useRegistries } from '../parts/use-registries.ts'
import { FileField } from './FileField.tsx'
import { formatNames } from './format-names.ts'

const told: Readonly<Record<Upload['settlement'], string>> = {
  published: 'The list is published.',
  quarantined: 'The list is held back. Its page says why.',
  unchanged: 'This list is already in force. Nothing changed.',
}

type Form = {
  readonly registryId: string
  readonly file: File
  readonly format: string
  readonly dropDate: string
}

/** Uploads a drop list: staged, compared, and published unless it would change too much. */
export function UploadDialog({ onClose }: { onClose: () => void }) {
  const registries = useRegistries()
  const redirect = useRedirect()
  const [chosen, setRegistry] = useState('')
  const [file, setFile] = useState<File>()
  const [format, setFormat] = useState('')
  const [dropDate, setDropDate] = useState('')
  const registryId = chosen === '' ? (registries[0]?.id ?? '') : chosen
  const upload = useAction({
    send: (api, form: Form) => api.upload<Upload>(`sync-runs?${queryOf(form)}`, form.file),
    done: ({ settlement }) => told[settlement],
    onDone: ({ sync_run }) => {
      onClose()
      redirect(recordLink('sync-runs', sync_run.id))
    },
  })
  return (
    <SendDialog
      title="Upload a drop list"
      action={upload.isPending ? 'Uploading…' : 'Upload'}
      isReady={file !== undefined && registryId !== ''}
      isSending={upload.isPending}
      error={upload.error}
      onSend={() => file && upload.mutate({ registryId, file, format, dropDate })}
      onClose={onClose}
    >
      <FileField file={file} onChange={setFile} />
      <RegistryField registries={registries} value={registryId} onChange={setRegistry} />
      <Stack direction="row" sx={{ gap: 2 }}>
        <FormatField value={format} onChange={setFormat} />
        <TextField
          label="Drop date"
          type="date"
          value={dropDate}
          onChange={({ target }) => setDropDate(target.value)}
          helperText="Only if missing from the file"
          slotProps={{ inputLabel: { shrink: true } }}
        />
      </Stack>
      <Alert severity="info" icon={false}>
        The list is compared with what is listed. It is published at once, or held back for an operator when
        it is incomplete or makes an unusually large change.
      </Alert>
      {upload.isPending ? <LinearProgress aria-label="Uploading" /> : null}
    </SendDialog>
  )
}

type RegistryFieldProps = {
  readonly registries: readonly Registry[]
  readonly value: string
  readonly onChange: (id: string) => void
}

function RegistryField({ registries, value, onChange }: RegistryFieldProps) {
  return (
    <TextField select label="Registry" value={value} onChange={({ target }) => onChange(target.value)}>
      {registries.map(({ id, zones }) => (
        <MenuItem key={id} value={id}>
          {id} ({zones.map((zone) => `.${zone}`).join(', ')})
        </MenuItem>
      ))}
    </TextField>
  )
}

function FormatField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <TextField
      select
      label="Format"
      value={value}
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value="">Detect automatically</MenuItem>
      {Object.entries(formatNames).map(([format, name]) => (
        <MenuItem key={format} value={format}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  )
}

function queryOf({ registryId, file, format, dropDate }: Form): URLSearchParams {
  const query = new URLSearchParams({ registry_id: registryId, file_name: file.name })
  if (format !== '') query.set('format', format)
  if (dropDate !== '') query.set('drop_date', dropDate)
  return query
}
