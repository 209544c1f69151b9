import type { RefundGroup } from '@droplock/rules/reports'
import { ToggleButton, ToggleButtonGroup } from '@mui/material'
import type { ReactNode } from 'react'
import { useListContext } from 'react-admin'
import { ExactFilter } from '../ledger/ExactFilter.tsx'
import { AccountFilter, ZoneFilter } from '../parts/Filters.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { groupedBy, groupLabels } from './report-rows.ts'

type ReportFiltersProps = {
  readonly groups: readonly RefundGroup[]
  /** Filters of this report alone, and what is between the filters and the table. */
  readonly children?: ReactNode
}

/** What a report is of, and what its rows are. */
export function ReportFilters({ groups, children }: ReportFiltersProps) {
  const { filterValues, setFilters } = useListContext()
  return (
    <>
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-label="Rows"
        value={groupedBy(filterValues)}
        onChange={(_event, by: unknown) => {
          if (typeof by === 'string') setFilters({ ...filterValues, by })
        }}
        sx={{
          '& .MuiToggleButton-root': {
            textTransform: 'none',
            px: 1.25,
            height: 36,
            bgcolor: 'background.paper',
          },
        }}
      >
        {groups.map((group) => (
          <ToggleButton key={group} value={group}>
            {groupLabels[group]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <PeriodFilter isRequired />
      <ExactFilter
        source="currency"
        label="Currency"
        valueOf={(typed) => (/^[A-Za-z]{3}$/.test(typed) ? typed.toUpperCase() : undefined)}
        width={100}
      />
      <ZoneFilter />
      <AccountFilter />
      {children}
    </>
  )
}
