import UploadFileIcon from '@mui/icons-material/UploadFile'
import { Alert, Box, Button, LinearProgress, MenuItem, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { useRedirect } from 'react-admin'
import { useController } from 'react-hook-form'
import type { Registry, Upload } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { instantOfUtc } from '../format/time.ts'
import { zonesText } from '../format/words.ts'
import { FormDialog, TextInput } from '../parts/Form.tsx'
import { useAction, useRegistries } from '../parts/hooks.ts'
import { recordLink } from '../parts/links.tsx'
import { formatNames } from './format-names.ts'

export function UploadButton() {
  const registries = useRegistries()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="contained"
        startIcon={<UploadFileIcon />}
        disabled={registries.length === 0}
        onClick={() => setOpen(true)}
      >
        Upload list
      </Button>
      {isOpen ? <UploadDialog registries={registries} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

const resultTexts: Readonly<Record<Upload['settlement'], string>> = {
  published: 'List published.',
  quarantined: 'List held back. Its page shows why.',
  unchanged: 'This list is already published. Nothing changed.',
  compared: 'List compared. Nothing changed.',
  observed: 'Deleted names recorded. Nothing is listed.',
  outdated: 'A later list says otherwise. Nothing changed.',
  publishing: 'List is being published. Its page shows the progress.',
}

type Values = {
  readonly registryId: string
  readonly file: File | null
  readonly format: string
  readonly dropDate: string
}

type UploadDialogProps = { readonly registries: readonly Registry[]; readonly onClose: () => void }

/** Uploads a drop list: staged, compared, and published unless it would change too much. */
function UploadDialog({ registries, onClose }: UploadDialogProps) {
  const redirect = useRedirect()
  const upload = useAction({
    send: (api, { file, ...values }: Values) =>
      api.upload<Upload>(`sync-runs?${queryOf(values, file?.name ?? '')}`, file ?? new Blob()),
    done: ({ settlement }) => resultTexts[settlement],
    onDone: ({ sync_run }) => {
      onClose()
      redirect(recordLink('sync-runs', sync_run.id))
    },
  })
  return (
    <FormDialog<Values>
      title="Upload drop list"
      action={upload.isPending ? 'Uploading…' : 'Upload'}
      initial={{ registryId: registries[0]?.id ?? '', file: null, format: '', dropDate: '' }}
      change={upload}
      onClose={onClose}
    >
      <FileInput />
      <TextInput<Values> name="registryId" select label="Registry" required>
        {registries.map(({ id, zones }) => (
          <MenuItem key={id} value={id}>
            {id} ({zonesText(zones)})
          </MenuItem>
        ))}
      </TextInput>
      <Stack direction="row" sx={{ gap: 2 }}>
        <FormatInput />
        <TextInput<Values>
          name="dropDate"
          label="Drop date"
          placeholder="YYYY-MM-DD"
          isValid={(text) => instantOfUtc(`${text.trim()} 00:00`) !== undefined}
          helperText="Only if missing from the file"
          slotProps={{ inputLabel: { shrink: true } }}
        />
      </Stack>
      <Alert severity="info" icon={false}>
        The list is compared with the current listings. It is published at once, unless it is incomplete or
        makes an unusually large change: then it is held back for an operator to decide.
      </Alert>
      {upload.isPending ? <LinearProgress aria-label="Uploading" /> : null}
    </FormDialog>
  )
}

/** The browser's own file field: it takes a dropped file and works with a keyboard as it is. */
function FileInput() {
  const { field } = useController<Values, 'file'>({
    name: 'file',
    rules: { validate: (file) => file !== null },
  })
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
      <input
        type="file"
        required
        ref={field.ref}
        onBlur={field.onBlur}
        onChange={({ target }) => field.onChange(target.files?.[0] ?? null)}
      />
      {field.value === null ? null : (
        <Typography component="span" variant="caption" color="textSecondary" sx={{ display: 'block', mt: 1 }}>
          {countText(field.value.size)} bytes
        </Typography>
      )}
    </Box>
  )
}

function FormatInput() {
  return (
    <TextInput<Values>
      name="format"
      select
      label="Format"
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value="">Detect automatically</MenuItem>
      {Object.entries(formatNames).map(([format, name]) => (
        <MenuItem key={format} value={format}>
          {name}
        </MenuItem>
      ))}
    </TextInput>
  )
}

function queryOf({ registryId, format, dropDate }: Omit<Values, 'file'>, fileName: string): URLSearchParams {
  const query = new URLSearchParams({ registry_id: registryId, file_name: fileName })
  if (format !== '') query.set('format', format)
  if (dropDate !== '') query.set('drop_date', dropDate)
  return query
}
