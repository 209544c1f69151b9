import { Paper, Typography, useTheme } from '@mui/material'
import { ChartsReferenceLine } from '@mui/x-charts/ChartsReferenceLine'
import { LineChart } from '@mui/x-charts/LineChart'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider, useListContext } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { BatchDrift } from '../api/types.ts'
import { counted } from '../format/words.ts'

/** As many batches as the API answers at once: about two months of three zones. */
const BATCHES_MAX = 200

/** More lines cannot be distinguished; the filter chooses the zones. */
const ZONES_MAX = 6

const minutes = (seconds: number | undefined) => (seconds === undefined ? null : Math.round(seconds / 6) / 10)

/** The median of each zone by day, in minutes later than expected. It has the filters of the table around it. */
export function DriftPlot() {
  const { palette } = useTheme()
  const { filterValues } = useListContext()
  const api = useDataProvider<ConsoleDataProvider>()
  const query = new URLSearchParams({ ...filterValues, per_page: String(BATCHES_MAX) }).toString()
  const { data } = useQuery<{ readonly items: readonly BatchDrift[]; readonly total: number }>({
    queryKey: ['drift', 'plot', query],
    queryFn: () => api.get(`drift?${query}`),
    retry: false,
  })
  const observed = data?.items.filter(({ median_seconds }) => median_seconds !== undefined) ?? []
  if (observed.length === 0) return null
  const days = [...new Set(observed.map(({ day }) => day))].toSorted()
  const zones = [...new Set(observed.map(({ zone }) => zone))].toSorted()
  const shown = zones.slice(0, ZONES_MAX)
  const series = shown.map((zone) => {
    const ofZone = new Map(observed.filter((each) => each.zone === zone).map((each) => [each.day, each]))
    return {
      id: zone,
      label: `.${zone}`,
      data: days.map((day) => minutes(ofZone.get(day)?.median_seconds)),
      connectNulls: true,
      curve: 'linear' as const,
      showMark: true,
    }
  })
  return (
    <Paper
      component="figure"
      aria-label="Median drift by day"
      sx={{ flexBasis: '100%', m: 0, p: 1.5, pb: 0.5 }}
    >
      <Typography component="figcaption" variant="h3">
        Median by day, in minutes later than expected (dashes)
      </Typography>
      <LineChart
        height={240}
        series={series}
        colors={[
          palette.primary.main,
          palette.warning.main,
          palette.info.main,
          palette.success.main,
          palette.error.main,
          palette.text.secondary,
        ]}
        xAxis={[{ data: days, scaleType: 'point', valueFormatter: (day: string) => day.slice(5) }]}
        yAxis={[{ width: 48, valueFormatter: (value: number) => `${value}` }]}
        grid={{ horizontal: true }}
        skipAnimation
        margin={{ top: 12, right: 24, bottom: 4, left: 4 }}
      >
        <ChartsReferenceLine y={0} lineStyle={{ strokeDasharray: '4 4' }} />
      </LineChart>
      {zones.length > shown.length || (data?.total ?? 0) > BATCHES_MAX ? (
        <Typography variant="caption" color="textSecondary" component="p" sx={{ pb: 1 }}>
          {zones.length > shown.length
            ? `${counted(zones.length - shown.length, 'further zone is', 'further zones are')} not drawn; filter by zone to see one. `
            : ''}
          {(data?.total ?? 0) > BATCHES_MAX ? `The last ${BATCHES_MAX} zones and days are drawn.` : ''}
        </Typography>
      ) : null}
    </Paper>
  )
}
