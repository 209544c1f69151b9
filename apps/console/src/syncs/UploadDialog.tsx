import type { listFormats } from '@droplock/contracts/console/sync-runs'
import UploadFileIcon from '@mui/icons-material/UploadFile'
import { Alert, Box, Button, LinearProgress, MenuItem, Stack, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import { useRedirect } from 'react-admin'
import type { Registry, Upload } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { useAction, useRegistries } from '../parts/hooks.ts'
import { recordLink } from '../parts/links.tsx'
import { SendDialog } from '../parts/SendDialog.tsx'

export function UploadButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="contained" startIcon={<UploadFileIcon />} onClick={() => setOpen(true)}>
        Upload a list
      </Button>
      {isOpen ? <UploadDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

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

type FileFieldProps = { readonly file: File | undefined; readonly onChange: (file: File | undefined) => void }

/** The browser's own file field: it takes a dropped file and works with a keyboard as it is. */
export function FileField({ file, onChange }: FileFieldProps) {
  return (
    <Box
      component="label"
      sx={{
        display: 'block',
        p: 2,
        border: '1px dashed',
        borderColor: 'text.secondary',
        borderRadius: 1,
        cursor: 'pointer',
        '& input': { font: 'inherit', maxWidth: '100%' },
        '& input::file-selector-button': {
          font: 'inherit',
          fontWeight: 600,
          color: 'primary.main',
          bgcolor: 'transparent',
          border: '1px solid',
          borderColor: 'divider',
          borderRadius: 1,
          px: 1.25,
          py: 0.5,
          mr: 1.5,
          cursor: 'pointer',
        },
      }}
    >
      <Typography component="span" sx={{ display: 'block', fontWeight: 600, mb: 1 }}>
        File, plain or gzip
      </Typography>
      <input type="file" required onChange={({ target }) => onChange(target.files?.[0])} />
      {file === undefined ? null : (
        <Typography component="span" variant="caption" color="textSecondary" sx={{ display: 'block', mt: 1 }}>
          {countText(file.size)} bytes
        </Typography>
      )}
    </Box>
  )
}

/** The formats that can be read, as operators call them. */
export const formatNames = {
  'ietf-csv': 'Drop list CSV (IETF draft)',
  'pl-text': '.pl text, one name a line',
} as const satisfies Record<(typeof listFormats)[number], string>
