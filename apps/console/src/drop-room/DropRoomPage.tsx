import { Box, Skeleton, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { DropRoom } from '../api/types.ts'
import { wallTime } from '../format/time.ts'
import { LiveChip } from '../parts/live.tsx'
import { Page } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { Accounts } from './Accounts.tsx'
import { NextNames } from './NextNames.tsx'
import { Registries } from './Registries.tsx'
import { Results } from './Results.tsx'

/** The page for the hour of the drop: what the catchers report, what is tried, and what is won and lost. */
export function DropRoomPage() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data, error, refetch } = useQuery<DropRoom>({
    queryKey: ['drop-room'],
    queryFn: () => api.get<DropRoom>('drop-room'),
    retry: false,
  })
  return (
    <Page
      title="Drop room"
      beside={<LiveChip />}
      about="Registry accounts, names in their window, and results as they come."
      actions={
        data === undefined ? null : (
          <Typography color="textSecondary">As of {wallTime(data.at, 'UTC')} UTC</Typography>
        )
      }
    >
      {error === null ? null : (
        <Box sx={{ mb: 2 }}>
          <ProblemAlert error={error} onRetry={() => void refetch()} />
        </Box>
      )}
      {data === undefined ? (
        error === null && <Skeleton variant="rounded" height={480} aria-label="Loading" />
      ) : (
        <>
          <Registries registries={data.registries} />
          <Accounts accounts={data.accounts} />
          <Box
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
              columnGap: 2,
              alignItems: 'start',
            }}
          >
            <Results results={data.results} />
            <NextNames window={data.window} />
          </Box>
        </>
      )}
    </Page>
  )
}
