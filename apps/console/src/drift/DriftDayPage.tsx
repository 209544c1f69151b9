import { Paper, Typography } from '@mui/material'
import { ChartsReferenceLine } from '@mui/x-charts/ChartsReferenceLine'
import { ScatterChart } from '@mui/x-charts/ScatterChart'
import { useQuery } from '@tanstack/react-query'
import { DataTable, useDataProvider } from 'react-admin'
import { useParams } from 'react-router-dom'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { ObservedDrop } from '../api/types.ts'
import { words } from '../format/words.ts'
import { SearchFilter } from '../parts/Filters.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { scheduleTabs } from '../parts/tabs.ts'
import { NameText, TimeText, WindowText } from '../parts/texts.tsx'

const Column = DataTable.Col<ObservedDrop & { readonly id: string }>

/** When the names of one zone and day went, against when they were expected. */
export function DriftDayPage() {
  const { id = '' } = useParams()
  const [zone = '', day = ''] = id.split(' ')
  const resource = `drift/${encodeURIComponent(zone)}/${encodeURIComponent(day)}/drops`
  return (
    <Page title={`Drops of .${zone} on ${day}`} about="When names went, and what showed it.">
      <PageTabs label="Drop schedules" tabs={scheduleTabs} />
      <ObservedPlot resource={resource} />
      <Section title="Observed drops">
        <RecordTable
          inside
          resource={resource}
          perPage={50}
          controls={<SearchFilter label="Name" />}
          empty={{ title: 'Nothing observed', text: 'No name of this zone was seen to go on this day.' }}
        >
          <Column
            label="Name"
            render={({ listing_id, name }) => (
              <AppLink to={recordLink('listings', listing_id)}>
                <NameText name={name} />
              </AppLink>
            )}
          />
          <Column
            label="Expected"
            render={({ expected_from, expected_to }) => <WindowText from={expected_from} to={expected_to} />}
          />
          <Column
            label="Went"
            render={({ at_from, at_to }) =>
              at_from === undefined ? (
                <TimeText at={at_to} precision="milliseconds" />
              ) : (
                <WindowText from={at_from} to={at_to} precision="milliseconds" />
              )
            }
          />
          <Column label="Shown by" render={({ kind }) => words(kind)} />
          <Column label="Counts" render={({ in_batch }) => (in_batch ? 'Yes' : 'No, too far off')} />
          <Column
            label="Evidence"
            cellSx={() => ({ overflowWrap: 'anywhere' })}
            render={({ evidence }) => <code>{evidence}</code>}
          />
        </RecordTable>
      </Section>
    </Page>
  )
}

/** More points hide one another. */
const DROPS_MAX = 200

/** Each name as a point: its expected start across, how much later it went upwards. */
function ObservedPlot({ resource }: { resource: string }) {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<{ readonly items: readonly ObservedDrop[]; readonly total: number }>({
    queryKey: ['drift', 'drops', resource],
    queryFn: () => api.get(`${resource}?per_page=${DROPS_MAX}`),
    retry: false,
  })
  if (data === undefined || data.items.length === 0) return null
  const points = data.items.map(({ listing_id, kind, expected_from, at_to }) => ({
    id: `${listing_id} ${kind}`,
    x: Date.parse(expected_from),
    y: (Date.parse(at_to) - Date.parse(expected_from)) / 1_000,
  }))
  return (
    <Paper component="figure" aria-label="Expected against observed" sx={{ m: 0, mb: 2, p: 1.5, pb: 0.5 }}>
      <Typography component="figcaption" variant="h3">
        Seconds after the start of the expected window, by that start (UTC)
        {data.total > DROPS_MAX ? `; the first ${DROPS_MAX} of ${data.total.toLocaleString('en')}` : ''}
      </Typography>
      <ScatterChart
        height={240}
        series={[{ id: 'drops', data: points, markerSize: 4 }]}
        xAxis={[
          {
            scaleType: 'utc',
            valueFormatter: (at: Date | number) => new Date(at).toISOString().slice(11, 19),
          },
        ]}
        yAxis={[{ width: 56 }]}
        grid={{ horizontal: true }}
        hideLegend
        skipAnimation
        margin={{ top: 12, right: 24, bottom: 4, left: 4 }}
      >
        <ChartsReferenceLine y={0} lineStyle={{ strokeDasharray: '4 4' }} />
      </ScatterChart>
    </Paper>
  )
}
