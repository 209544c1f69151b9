import { roles } from '@droplock/rules/staff'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { StaffMember } from '../api/types.ts'
import { words } from '../format/words.ts'
import { ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { TimeText } from '../parts/texts.tsx'
import { InviteButton } from './InviteButton.tsx'
import { StaffState } from './StaffState.tsx'

const Column = DataTable.Col<StaffMember>

/** Who works in the console, and how they get in. */
export function StaffPage() {
  return (
    <Page
      title="Staff"
      about="Who may use this console. What each role may do is on the page Roles."
      actions={<InviteButton />}
    >
      <RecordTable
        resource="staff"
        rowClick="show"
        controls={
          <>
            <SearchFilter label="Name or email" />
            <ChoiceFilter source="role" label="Role" choices={roles} />
            <ChoiceFilter
              source="disabled"
              label="State"
              choices={['false', 'true']}
              nameOf={(choice) => (choice === 'true' ? 'Disabled' : 'Enabled')}
            />
          </>
        }
        empty={{ title: 'Nobody yet', text: 'Invite a person to give them access.' }}
      >
        <Column label="State" render={(person) => <StaffState person={person} />} />
        <Column
          label="Person"
          cellSx={() => ({ overflowWrap: 'anywhere' })}
          render={({ name, email }) => (
            <>
              <RowLink>{name}</RowLink>
              <Typography variant="caption" color="textSecondary" component="div">
                {email}
              </Typography>
            </>
          )}
        />
        <Column label="Roles" render={({ roles: held }) => held.map(words).join(', ')} />
        <Column label="Signs in with" render={meansText} />
        <Column
          label="Last sign-in"
          render={({ signed_in_at }) =>
            signed_in_at === undefined ? 'Never' : <TimeText at={signed_in_at} precision="minutes" />
          }
        />
        <Column source="open_sessions" label="Open sessions" align="right" disableSort />
      </RecordTable>
    </Page>
  )
}

/** `Password and code`, `Identity provider`. */
export function meansText({ has_password, has_identity, second_factor_since }: StaffMember): string {
  const password = second_factor_since === undefined ? 'Password' : 'Password and code'
  const means = [has_password ? password : '', has_identity ? 'identity provider' : '']
  const text = means.filter((each) => each !== '').join(', or ')
  return text === '' ? 'Nothing yet' : text.charAt(0).toUpperCase() + text.slice(1)
}
