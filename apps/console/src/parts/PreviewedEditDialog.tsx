import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { DefaultValues } from 'react-hook-form'
import { ChangedFields } from './ChangedFields.tsx'
import { FormDialog, type Reasoned, ReasonInput } from './Form.tsx'
import { usePreview } from './hooks.ts'
import { type EditedFields, StaleNotice, useVersionedEdit } from './Stale.tsx'

type PreviewedEditDialogProps<
  Terms,
  Row extends Terms & { readonly version: number },
  Preview extends { readonly before: Terms; readonly after: Terms },
  Values extends Reasoned,
> = {
  readonly title: string
  readonly record: Row
  /** Where the record is read and edited, below `/api`; its preview is at `/preview` of it. */
  readonly path: string
  /** The refusal of an edit of a version that is no longer in force. */
  readonly code: string
  readonly initial: DefaultValues<Values>
  /** What was typed, as the API takes it. */
  readonly termsOf: (values: Values) => object
  /** What is compared in the preview, and when another person has changed the record. */
  readonly fields: EditedFields<Terms>
  /** What the edit does, or when it applies. */
  readonly effectOf: (preview: Preview) => string
  readonly done: string
  readonly onClose: () => void
  /** The inputs; `discard` forgets the preview when something else is typed. */
  readonly children: (discard: () => void) => ReactNode
}

/** Edits a record after a preview. What another person changed meanwhile is shown, and what was typed stays. */
export function PreviewedEditDialog<
  Terms,
  Row extends Terms & { readonly version: number },
  Preview extends { readonly before: Terms; readonly after: Terms },
  Values extends Reasoned,
>(props: PreviewedEditDialogProps<Terms, Row, Preview, Values>) {
  const { title, record, path, code, initial, termsOf, fields, effectOf, done, onClose, children } = props
  const preview = usePreview((api, values: Values) => api.post<Preview>(`${path}/preview`, termsOf(values)))
  const { save, edit } = useVersionedEdit<Values, Row, Row>({
    record,
    path,
    code,
    send: (api, values, version) => api.post(path, { ...termsOf(values), version, reason: values.reason }),
    done: () => done,
    onDone: onClose,
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
          <Typography>{effectOf(seen)}</Typography>
          <ReasonInput />
        </>
      )}
      <StaleNotice edit={edit} fields={fields} />
    </FormDialog>
  )
}
