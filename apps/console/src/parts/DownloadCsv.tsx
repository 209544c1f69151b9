import { filePermission } from '@droplock/rules/list-files'
import DownloadIcon from '@mui/icons-material/Download'
import { Button } from '@mui/material'
import { useListContext } from 'react-admin'
import { fileOf } from '../api/data-provider.ts'
import { useMay } from './hooks.ts'

/** The whole list as it is filtered and sorted, however many pages it has. The server streams it. */
export function DownloadCsv() {
  const { resource, filter, filterValues, sort } = useListContext()
  // Who sees the list has the permission to read it.
  const mayTake = useMay(filePermission(resource, 'console:read'))
  if (!mayTake) return <span />
  return (
    <Button
      component="a"
      size="small"
      color="inherit"
      startIcon={<DownloadIcon />}
      href={fileOf(resource, { sort, filter: { ...filterValues, ...filter } })}
      download
      title="All rows that match the filters"
      sx={{ color: 'text.secondary' }}
    >
      Download CSV
    </Button>
  )
}
