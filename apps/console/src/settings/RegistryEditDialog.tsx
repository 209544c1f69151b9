import { Typography } from '@mui/material'
import { type ReactNode, useState } from 'react'
import type { DefaultValues } from 'react-hook-form'
import type { RegistryEditPreview, RegistrySettings } from '../api/types.ts'
import { ChangedFields } from '../parts/ChangedFields.tsx'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, usePreview } from '../parts/hooks.ts'
import { type EditedFields, StaleNotice, useEditedVersion } from '../parts/Stale.tsx'

type RegistryEditDialogProps<Values extends Reasoned> = {
  readonly registry: RegistrySettings
  readonly title: string
  readonly initial: DefaultValues<Values>
  /** What is compared in the preview, and when another person has changed the registry. */
  readonly fields: EditedFields<RegistrySettings>
  /** The part of the registry that was typed, as the API takes it. */
  readonly partOf: (values: Values) => object
  /** When it applies. */
  readonly applies: string
  readonly onClose: () => void
  /** The inputs; `discard` forgets the preview when something else is typed. */
  readonly children: (discard: () => void) => ReactNode
}

/** Edits a part of a registry after a preview. What another person changed meanwhile is shown, and what was typed stays. */
export function RegistryEditDialog<Values extends Reasoned>(props: RegistryEditDialogProps<Values>) {
  const { registry, title, initial, fields, partOf, applies, onClose, children } = props
  const path = `registries/${encodeURIComponent(registry.id)}`
  const [base, setBase] = useState(registry)
  const preview = usePreview((api, values: Values) =>
    api.post<RegistryEditPreview>(`${path}/preview`, partOf(values)),
  )
  const save = useAction<Values, RegistrySettings>({
    send: (api, values) =>
      api.post(path, { ...partOf(values), version: base.version, reason: values.reason }),
    done: () => `${title}: saved.`,
    onDone: onClose,
  })
  const edit = useEditedVersion({
    base,
    setBase,
    path,
    error: save.error,
    code: 'stale_version',
    reset: save.reset,
  })
  const seen = preview.data
  const discard = () => {
    preview.reset()
    save.reset()
  }
  return (
    <FormDialog<Values>
      title={title}
      action={seen === undefined ? 'Preview' : 'Save'}
      maxWidth="md"
      initial={initial}
      change={seen === undefined ? preview : save}
      isReady={!edit.isStale}
      onClose={onClose}
    >
      {children(discard)}
      {seen === undefined ? (
        <Typography color="textSecondary">Preview the effect first, then give a reason and save.</Typography>
      ) : (
        <>
          <ChangedFields fields={fields} before={seen.before} after={seen.after} />
          <Typography>{applies}</Typography>
          <ReasonInput />
        </>
      )}
      <StaleNotice edit={edit} fields={fields} />
    </FormDialog>
  )
}
