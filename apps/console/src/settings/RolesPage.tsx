import { type Permission, permissionTable, type Role, roles } from '@droplock/rules/staff'
import CheckIcon from '@mui/icons-material/Check'
import { Paper, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { words } from '../format/words.ts'
import { useMe } from '../parts/hooks.ts'
import { Page } from '../parts/Page.tsx'

const rows = Object.entries(permissionTable) as [Permission, readonly Role[]][]

/** Which role may do what: the table by which the server decides. */
export function RolesPage() {
  const me = useMe()
  return (
    <Page
      title="Roles"
      about={`What each role may do. The table is part of the release. Your roles: ${me?.roles.map(words).join(', ') ?? '…'}.`}
    >
      <Paper sx={{ overflowX: 'auto' }}>
        <Table size="small" aria-label="Permissions by role">
          <TableHead>
            <TableRow>
              <TableCell>Permission</TableCell>
              {roles.map((role) => (
                <TableCell key={role} align="center">
                  {words(role)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(([permission, held]) => (
              <TableRow key={permission} hover>
                <TableCell component="th" scope="row">
                  {words(permission.replace(':', ': '))}
                </TableCell>
                {roles.map((role) => (
                  <TableCell key={role} align="center">
                    {held.includes(role) ? <CheckIcon titleAccess="Yes" fontSize="small" /> : '–'}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Paper>
    </Page>
  )
}
