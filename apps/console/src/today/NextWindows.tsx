import { Box, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { NextWindow, ServiceOutlook } from '../api/types.ts'
import { countText, countUpToText } from '../format/money.ts'
import { relativeText } from '../format/time.ts'
import { unservedCode, words } from '../format/words.ts'
import { type FigureColumn, FigureTable } from '../parts/FigureTable.tsx'
import { useNow } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { WindowText } from '../parts/texts.tsx'

type Outlook = ServiceOutlook['windows'][number]
type Row = NextWindow & { readonly outlook: Outlook | undefined }

/** Thousands of names are looked at for it: orders and results, which come all the time, have it read again no more often. Milliseconds. */
const OUTLOOK_AGE_MS_MAX = 60_000

/** The next drop windows by zone, and how many of their paid names can be expected to be served. */
export function NextWindows({ windows }: { windows: readonly NextWindow[] }) {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery({
    queryKey: ['service-outlook'],
    queryFn: () => api.get<ServiceOutlook>('order-of-service'),
    refetchInterval: OUTLOOK_AGE_MS_MAX,
    retry: false,
  })
  const rows = windows.map((window) => ({
    ...window,
    outlook: data?.windows.find((each) => each.zone === window.zone && isSameMinute(each, window)),
  }))
  return (
    <Section
      title="Next drop windows"
      beside={<AppLink to={listLink('order-of-service')}>View order of service</AppLink>}
    >
      {rows.length === 0 ? (
        <Nothing title="No upcoming drops">Drop windows appear when the next drop list is published.</Nothing>
      ) : (
        <FigureTable rows={rows} columns={columns} keyOf={({ zone, drop_from }) => `${zone} ${drop_from}`} />
      )}
    </Section>
  )
}

const minuteOf = (at: string) => Math.floor(new Date(at).getTime() / 60_000)

const isSameMinute = ({ minute }: Outlook, { drop_from }: NextWindow) =>
  minuteOf(minute) === minuteOf(drop_from)

const columns: readonly FigureColumn<Row>[] = [
  {
    label: 'Zone',
    render: ({ zone, drop_from, drop_to }) => (
      <AppLink to={listLink('listings', { zone, window_from: drop_from, window_to: drop_to })}>
        .{zone}
      </AppLink>
    ),
  },
  {
    label: 'Drop window',
    isWide: true,
    render: ({ drop_from, drop_to }) => <WindowText from={drop_from} to={drop_to} precision="minutes" />,
  },
  { label: 'Starts', render: ({ drop_from }) => <Until at={drop_from} after="Running" /> },
  { label: 'Orders close', render: ({ cutoff_at }) => <Until at={cutoff_at} after="Closed" /> },
  { label: 'Listings', isFigure: true, render: ({ listings }) => countUpToText(listings) },
  { label: 'Backordered', isFigure: true, render: ({ held }) => countText(held) },
  {
    label: 'To be served',
    isFigure: true,
    isWide: true,
    render: ({ outlook }) => <Served outlook={outlook} />,
  },
]

/** How long until an instant, which is shown as a tooltip; after it, what is so then. */
function Until({ at, after }: { at: string; after: string }) {
  const nowMs = useNow(1_000)
  const isPast = new Date(at).getTime() <= nowMs
  return (
    <Box
      component="time"
      dateTime={at}
      title={at}
      sx={{ whiteSpace: 'nowrap', fontWeight: isPast ? 600 : 400 }}
    >
      {isPast ? after : relativeText(at, nowMs)}
    </Box>
  )
}

/** Of the paid names; why not all of them, and where to see which. */
function Served({ outlook }: { outlook: Outlook | undefined }) {
  if (outlook === undefined) return '–'
  const { names, unserved, reasons, registry_id } = outlook
  if (unserved === 0) return <StateChip state={`all ${countText(names)}`} tone="success" />
  const [first] = reasons
  return (
    <>
      <AppLink to={`/order-of-service?registry=${encodeURIComponent(registry_id)}`}>
        <StateChip state={`${countText(names - unserved)} of ${countText(names)}`} tone="error" />
      </AppLink>
      {first === undefined ? null : (
        <Typography variant="caption" color="textSecondary" component="div" sx={{ whiteSpace: 'normal' }}>
          {words(unservedCode(first.reason))}
          {first.names < unserved ? ' and more' : ''}
        </Typography>
      )}
    </>
  )
}
