import type { Role } from '@droplock/rules/staff'
import { useState } from 'react'
import type { StaffMember } from '../api/types.ts'
import { words } from '../format/words.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'
import { type EditedFields, StaleNotice, useEditedVersion } from '../parts/Stale.tsx'
import { RolesInput } from './RolesInput.tsx'

type Values = { readonly name: string; readonly roles: readonly Role[]; readonly reason: string }

const fields: EditedFields<StaffMember> = [
  ['Name', ({ name }) => name],
  ['Roles', ({ roles }) => roles.map(words).join(', ')],
]

type EditStaffDialogProps = { readonly person: StaffMember; readonly onClose: () => void }

/** Changes name and roles. Where another person changed them meanwhile, what was typed stays and the dialog shows what has changed. */
export function EditStaffDialog({ person, onClose }: EditStaffDialogProps) {
  const path = `staff/${person.id}`
  const [base, setBase] = useState(person)
  const save = useAction<Values, StaffMember>({
    send: (api, values) => api.post(path, { ...values, version: base.version }),
    done: ({ name }) => `${name} saved.`,
    onDone: onClose,
  })
  const edit = useEditedVersion({
    base,
    setBase,
    path,
    error: save.error,
    code: 'staff_changed',
    reset: save.reset,
  })
  const { name, roles } = person
  return (
    <FormDialog<Values>
      title={`Edit ${name}`}
      action="Save"
      initial={{ name, roles: [...roles], reason: '' }}
      change={save}
      isReady={!edit.isStale}
      onClose={onClose}
    >
      <TextInput<Values> name="name" label="Name" required autoComplete="off" />
      <RolesInput
        helperText={
          person.has_identity
            ? 'With each sign-in at the identity provider the roles follow its groups again. Admin stays as it is set here.'
            : undefined
        }
      />
      <ReasonInput />
      <StaleNotice edit={edit} fields={fields} />
    </FormDialog>
  )
}
