import { Chip } from '@mui/material'
import { useListContext } from 'react-admin'

type OfAccount = { readonly id: string; readonly account_id: string; readonly account_name: string }

/** Shown while the list is one customer's; a page of theirs leads here. */
export function AccountFilter() {
  const { filterValues, setFilters, data } = useListContext<OfAccount>()
  const { account_id: accountId, ...others } = filterValues
  if (typeof accountId !== 'string') return null
  const name = data?.find(({ account_id }) => account_id === accountId)?.account_name
  return <Chip label={`Customer: ${name ?? accountId}`} onDelete={() => setFilters(others)} />
}
