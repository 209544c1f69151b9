import { Box, Skeleton, Typography } from '@mui/material'
import type { Today } from '../api/types.ts'
import { wallTime } from '../format/time.ts'
import { backorderTones, listingTones } from '../format/tones.ts'
import { useToday } from '../parts/hooks.ts'
import { Page, TwoColumns } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { AccountsNow } from './AccountsNow.tsx'
import { Alarms } from './Alarms.tsx'
import { LastSync } from './LastSync.tsx'
import { NeedsAttention } from './NeedsAttention.tsx'
import { NextWindows } from './NextWindows.tsx'
import { StateCounts } from './StateCounts.tsx'
import { Timeline } from './Timeline.tsx'

/** An operator's first page: what needs attention, what drops next, and the counts of all states. */
export function TodayPage() {
  const { data, error, refetch } = useToday()
  return (
    <Page title="Today" actions={data === undefined ? null : <AsOf today={data} />}>
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
          <NeedsAttention waiting={today.waiting} />
          <Timeline windows={today.next_windows} />
          <AccountsNow />
          <NextWindows windows={today.next_windows} />
        </>
      }
      beside={
        <>
          <LastSync run={today.last_sync} />
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
