import { Box, Skeleton, Typography } from '@mui/material'
import type { Today } from '../api/types.ts'
import { wallTime } from '../format/time.ts'
import { backorderTones, listingTones } from '../format/tones.ts'
import { useToday } from '../parts/hooks.ts'
import { LiveChip } from '../parts/live.tsx'
import { Page, TwoColumns } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { AccountsNow } from './AccountsNow.tsx'
import { Alarms } from './Alarms.tsx'
import { DropDay } from './DropDay.tsx'
import { NeedsAttention } from './NeedsAttention.tsx'
import { NextWindows } from './NextWindows.tsx'
import { StateCounts } from './StateCounts.tsx'
import { Syncs } from './Syncs.tsx'
import { Timeline } from './Timeline.tsx'

/** An operator's first page: what is wrong, what drops now and next, what needs attention, and the counts of all states. */
export function TodayPage() {
  const { data, error, refetch } = useToday()
  return (
    <Page title="Today" beside={<LiveChip />} actions={data === undefined ? null : <AsOf today={data} />}>
      {error === null ? null : (
        <Box sx={{ mb: 2 }}>
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        </Box>
      )}
      {data === undefined ? (
        error === null && <Skeleton variant="rounded" height={480} aria-label="Loading" />
      ) : (
        <Columns today={data} />
      )}
    </Page>
  )
}

function Columns({ today }: { today: Today }) {
  return (
    <TwoColumns
      width={340}
      main={
        <>
          <Alarms alarms={today.alarms} total={today.waiting.alarms} />
          <DropDay zones={today.drop_day} />
          <AccountsNow />
          <NextWindows windows={today.next_windows} />
          <Timeline windows={today.next_windows} />
        </>
      }
      beside={
        <>
          <NeedsAttention waiting={today.waiting} />
          <Syncs today={today} />
          <StateCounts title="Listings" resource="listings" counts={today.listings} tones={listingTones} />
          <StateCounts
            title="Backorders"
            resource="backorders"
            counts={today.backorders}
            tones={backorderTones}
          />
        </>
      }
    />
  )
}

function AsOf({ today }: { today: Today }) {
  return <Typography color="textSecondary">As of {wallTime(today.at, 'UTC')} UTC</Typography>
}
