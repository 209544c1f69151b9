import type { ReactNode } from 'react'
import type { DefaultValues } from 'react-hook-form'
import type { RegistryEditPreview, RegistrySettings } from '../api/types.ts'
import type { Reasoned } from '../parts/Form.tsx'
import { PreviewedEditDialog } from '../parts/PreviewedEditDialog.tsx'
import type { EditedFields } from '../parts/Stale.tsx'

type RegistryEditDialogProps<Values extends Reasoned> = {
  readonly registry: RegistrySettings
  readonly title: string
  readonly initial: DefaultValues<Values>
  readonly fields: EditedFields<RegistrySettings>
  /** The part of the registry that was typed, as the API takes it. */
  readonly partOf: (values: Values) => object
  /** When it applies. */
  readonly applies: string
  readonly onClose: () => void
  readonly children: (discard: () => void) => ReactNode
}

/** Edits a part of a registry. */
export function RegistryEditDialog<Values extends Reasoned>(props: RegistryEditDialogProps<Values>) {
  const { registry, title, partOf, applies, ...dialog } = props
  return (
    <PreviewedEditDialog<RegistrySettings, RegistrySettings, RegistryEditPreview, Values>
      {...dialog}
      title={title}
      record={registry}
      path={`registries/${encodeURIComponent(registry.id)}`}
      code="stale_version"
      termsOf={partOf}
      effectOf={() => applies}
      done={`${title}: saved.`}
    />
  )
}
