import { Box, MenuItem, Typography } from '@mui/material'
import { type ReactNode } from 'react'
import { useRedirect } from 'react-admin'
import type { ListSource } from '../api/types.ts'
import { secondsOf } from '../format/duration.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, useRegistries } from '../parts/hooks.ts'
import { recordLink } from '../parts/links.tsx'
import { StaleNotice, useVersionedEdit } from '../parts/Stale.tsx'
import { formatNames } from '../syncs/format-names.ts'
import { scopeKinds, sourceFields } from './source-fields.ts'
import { type SourceValues, termsOf, valuesOf } from './source-values.ts'

/** Adds a source of lists. */
export function AddSourceDialog({ onClose }: { onClose: () => void }) {
  const registries = useRegistries()
  const redirect = useRedirect()
  const add = useAction<SourceValues, ListSource>({
    send: (api, values) => api.post('list-sources', { registry_id: values.registryId, ...termsOf(values) }),
    done: ({ address }) => `${address} is fetched within seconds.`,
    onDone: ({ id }) => {
      onClose()
      redirect(recordLink('list-sources', id))
    },
  })
  return (
    <FormDialog<SourceValues>
      title="Add source"
      action="Add"
      maxWidth="md"
      initial={valuesOf(undefined, registries[0]?.id ?? '')}
      change={add}
      onClose={onClose}
    >
      <TextInput<SourceValues> name="registryId" select label="Registry" required>
        {registries.map(({ id }) => (
          <MenuItem key={id} value={id}>
            {id}
          </MenuItem>
        ))}
      </TextInput>
      <SourceInputs />
    </FormDialog>
  )
}

/** Changes a source. Where another person changed it meanwhile, what was typed stays and the dialog shows what has changed. */
export function EditSourceDialog({ source, onClose }: { source: ListSource; onClose: () => void }) {
  const path = `list-sources/${source.id}`
  const { save, edit } = useVersionedEdit<SourceValues, ListSource, ListSource>({
    record: source,
    path,
    code: 'source_changed',
    send: (api, values, version) => api.post(path, { ...termsOf(values), version, reason: values.reason }),
    done: ({ address }) => `${address} saved.`,
    onDone: onClose,
  })
  return (
    <FormDialog<SourceValues>
      title="Edit source"
      action="Save"
      maxWidth="md"
      initial={valuesOf(source, source.registry_id)}
      change={save}
      isReady={!edit.isStale}
      onClose={onClose}
    >
      <SourceInputs />
      <ReasonInput />
      <StaleNotice edit={edit} fields={sourceFields} />
    </FormDialog>
  )
}

function SourceInputs() {
  return (
    <>
      <TextInput<SourceValues>
        name="address"
        label="Address"
        required
        autoComplete="off"
        helperText="An http:// or https:// URL without user and password, or an absolute path on the workers."
      />
      <Columns>
        <Choice name="format" label="Format" none="Detect from each list" choices={formatNames} />
        <Choice name="scopeKind" label="Scope" none="As the format says" choices={scopeKinds} />
        <TextInput<SourceValues>
          name="credentials"
          label="Credentials"
          autoComplete="off"
          helperText="Their name in the worker’s settings"
        />
      </Columns>
      <Group title="When lists come">
        <TextInput<SourceValues>
          name="timeZone"
          label="Time zone"
          required
          helperText="Such as Europe/Warsaw"
        />
        <TextInput<SourceValues>
          name="expectedBy"
          label="Expected by"
          placeholder="HH:MM"
          helperText="Local time; empty: any time"
          slotProps={{ inputLabel: { shrink: true } }}
        />
        <Duration name="allowance" label="Allowance" helperText="How much later it may come" required />
        <Duration name="lateAfter" label="Late after" helperText="Without a new list; empty: never" />
        <Duration name="poll" label="Time between tries" helperText="Empty: as the worker is set" />
        <Whole
          name="precedence"
          label="Precedence"
          helperText="Of two lists, the higher decides"
          min={-1_000}
          max={1_000}
        />
      </Group>
      <Group title="Lists are held back">
        <Whole
          name="suspectedMax"
          label="Missing names above (%)"
          helperText="Empty: limit of the registry"
        />
        <Whole name="movedMax" label="Moved names above (%)" helperText="Empty: limit of the registry" />
        <Whole name="rowsMin" label="Rows below (% of usual)" helperText="Empty: limit of the registry" />
      </Group>
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}>
      <Typography component="legend" variant="h3" sx={{ mb: 1.5, p: 0 }}>
        {title}
      </Typography>
      <Columns>{children}</Columns>
    </Box>
  )
}

function Columns({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, minmax(0, 1fr))' } }}
    >
      {children}
    </Box>
  )
}

type FieldProps = {
  readonly name: Exclude<keyof SourceValues, 'reason'>
  readonly label: string
  readonly helperText?: string
}

function Duration({
  name,
  label,
  helperText,
  required = false,
}: FieldProps & { readonly required?: boolean }) {
  return (
    <TextInput<SourceValues>
      name={name}
      label={label}
      required={required}
      placeholder="26 h"
      isValid={(text) => (secondsOf(text) ?? -1) >= 0}
      {...(helperText === undefined ? {} : { helperText })}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  )
}

function Whole({
  name,
  label,
  helperText,
  min = 0,
  max = 100,
}: FieldProps & { readonly min?: number; readonly max?: number }) {
  return (
    <TextInput<SourceValues>
      name={name}
      label={label}
      isValid={(text) => /^-?\d+$/.test(text.trim()) && Number(text) >= min && Number(text) <= max}
      {...(helperText === undefined ? {} : { helperText })}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  )
}

type ChoiceProps = FieldProps & { readonly none: string; readonly choices: Readonly<Record<string, string>> }

function Choice({ name, label, none, choices }: ChoiceProps) {
  return (
    <TextInput<SourceValues>
      name={name}
      label={label}
      select
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value="">{none}</MenuItem>
      {Object.entries(choices).map(([value, text]) => (
        <MenuItem key={value} value={value}>
          {text}
        </MenuItem>
      ))}
    </TextInput>
  )
}
