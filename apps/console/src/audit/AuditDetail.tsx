import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useRecordContext } from 'react-admin'
import type { AuditEntry } from '../api/types.ts'
import { words } from '../format/words.ts'
import { changedMembers } from './changed-members.ts'

/** What an entry changed, member by member, and its place in the chain. */
export function AuditDetail() {
  const entry = useRecordContext<AuditEntry>()
  if (entry === undefined) return null
  const changes = changedMembers(entry.before, entry.after)
  return (
    <Box sx={{ py: 1 }}>
      {changes.length === 0 ? null : (
        <Table size="small" sx={{ mb: 1 }}>
          <TableHead>
            <TableRow>
              <TableCell />
              <TableCell>Before</TableCell>
              <TableCell>After</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {changes.map(({ member, before, after }) => (
              <TableRow key={member}>
                <TableCell sx={{ color: 'text.secondary' }}>{words(member)}</TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>{before}</TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere', fontWeight: before === after ? 400 : 600 }}>
                  {after}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        {words(entry.subject_type)} <code>{entry.subject_id}</code>
        <br />
        hash <code>{entry.hash}</code>
        <br />
        follows <code>{entry.prev_hash ?? 'nothing: it is the first'}</code>
      </Typography>
    </Box>
  )
}
