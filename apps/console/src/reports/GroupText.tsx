import { useListContext } from 'react-admin'
import { words } from '../format/words.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { filterOfRow, groupedBy, timeText } from './report-rows.ts'

type Row = { readonly group: string; readonly currency: string; readonly account_name?: string | undefined }

/** What a row of a report is of. */
export function GroupText({ row }: { row: Row }) {
  const { filterValues } = useListContext()
  const { group, account_name } = row
  switch (groupedBy(filterValues)) {
    case 'zone':
      return group === '' ? 'No zone' : `.${group}`
    case 'account':
      return group === '' ? (
        'No reseller'
      ) : (
        <AppLink to={recordLink('accounts', group)}>{account_name ?? group}</AppLink>
      )
    case 'cause': {
      // Refunds are not filtered by these.
      const { currency: _currency, zone: _zone, ...filter } = filterOfRow(filterValues, row) ?? {}
      return <AppLink to={listLink('refunds', filter)}>{words(group)}</AppLink>
    }
    default:
      return timeText(group)
  }
}
