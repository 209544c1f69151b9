import { Chip } from '@mui/material'
import { useListContext } from 'react-admin'
import type { Backorder } from '../api/types.ts'

/** Shown while the list is one customer's; a case page leads here. */
export function AccountFilter() {
  const { filterValues, setFilters, data } = useListContext<Backorder>()
  const { account_id: accountId, ...others } = filterValues
  if (typeof accountId !== 'string') return null
  const name = data?.find(({ account_id }) => account_id === accountId)?.account_name
  return <Chip label={`Customer: ${name ?? accountId}`} onDelete={() => setFilters(others)} />
}
