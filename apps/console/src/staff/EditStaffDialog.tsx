import type { Role } from '@droplock/rules/staff'
import type { StaffMember } from '../api/types.ts'
import { words } from '../format/words.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { type EditedFields, StaleNotice, useVersionedEdit } from '../parts/Stale.tsx'
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
  const { save, edit } = useVersionedEdit<Values, StaffMember, StaffMember>({
    record: person,
    path,
    code: 'staff_changed',
    send: (api, values, version) => api.post(path, { ...values, version }),
    done: ({ name }) => `${name} saved.`,
    onDone: onClose,
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
