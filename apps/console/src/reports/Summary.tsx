import { Box } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider, useListContext } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { Money } from '../api/types.ts'
import { type PlottedSeries, ReportPlot } from './ReportPlot.tsx'
import { timesOf } from './report-rows.ts'
import { Totals } from './Totals.tsx'

type SummaryProps<Total, Row> = {
  readonly path: string
  readonly title: string
  readonly counted: readonly [label: string, of: (total: Total) => number]
  readonly amounts: readonly (readonly [label: string, of: (total: Total) => Money])[]
  readonly series: readonly PlottedSeries<Row>[]
}

type Answer<Total, Row> = {
  readonly unit: 'day' | 'month'
  readonly totals: readonly Total[]
  readonly series: readonly Row[]
}

/** The sums of a report and its plot, filtered as the table below. */
export function Summary<
  Total extends { readonly currency: string },
  Row extends { readonly group: string; readonly currency: string },
>({ path, title, counted, amounts, series }: SummaryProps<Total, Row>) {
  const { filterValues } = useListContext()
  const { by: _by, ...filter } = filterValues
  const query = new URLSearchParams(filter).toString()
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<Answer<Total, Row>>({
    queryKey: [path, query],
    queryFn: () => api.get<Answer<Total, Row>>(`${path}?${query}`),
    retry: false,
  })
  // Why a report is refused is said in place of the table.
  if (data === undefined) return null
  return (
    <Box sx={{ flexBasis: '100%', minWidth: 0 }}>
      <Totals title="Totals of the period" totals={data.totals} counted={counted} amounts={amounts} />
      <ReportPlot
        title={title}
        unit={data.unit}
        times={timesOf(filter, data.unit)}
        rows={data.series}
        series={series}
      />
    </Box>
  )
}
