import { type Role, roles } from '@droplock/rules/staff'
import { Checkbox, FormControlLabel, FormGroup, FormHelperText, FormLabel } from '@mui/material'
import { useController } from 'react-hook-form'
import { words } from '../format/words.ts'

type Values = { readonly roles: readonly Role[] }

const about: Readonly<Record<Role, string>> = {
  viewer: 'sees everything but money',
  operator: 'runs lists, schedules and registries',
  finance: 'refunds, transfers and reconciliation',
  finance_approver: 'approves what finance proposes, sets prices and limits',
  admin: 'manages people, accounts and keys, and moves no money',
}

/** All roles of a person; at least one. */
export function RolesInput({ helperText }: { readonly helperText?: string | undefined }) {
  const { field } = useController<Values, 'roles'>({
    name: 'roles',
    rules: { validate: (held) => held.length > 0 },
  })
  const toggle = (role: Role) =>
    field.onChange(
      roles.filter((each) => (each === role ? !field.value.includes(role) : field.value.includes(each))),
    )
  return (
    <FormGroup role="group" aria-labelledby="roles-label">
      <FormLabel id="roles-label" required sx={{ mb: 0.5 }}>
        Roles
      </FormLabel>
      {roles.map((role) => (
        <FormControlLabel
          key={role}
          sx={{ alignItems: 'flex-start', '& .MuiFormControlLabel-label': { pt: '3px' } }}
          label={
            <>
              <strong>{words(role)}</strong> · {about[role]}
            </>
          }
          control={
            <Checkbox
              size="small"
              sx={{ py: 0.25 }}
              checked={field.value.includes(role)}
              onChange={() => toggle(role)}
              slotProps={{ input: { 'aria-label': words(role) } }}
            />
          }
        />
      ))}
      {helperText === undefined ? null : <FormHelperText sx={{ mx: 0 }}>{helperText}</FormHelperText>}
    </FormGroup>
  )
}
