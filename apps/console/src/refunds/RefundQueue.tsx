import { Box, Paper, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { RefundQueue as Queue } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { AgeText, MoneyText } from '../parts/texts.tsx'

type Queued = Queue['queued'][number]

const labels: Readonly<Record<Queued['state'], string>> = {
  proposed: 'Waiting for approval',
  approved: 'To be sent',
  processing: 'At the provider',
  failed: 'Failed, not retried',
}

const states = ['proposed', 'approved', 'processing', 'failed'] as const

/** What is not finished: how many refunds, how much of each currency, and since when. */
export function RefundQueue() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<Queue>({
    queryKey: ['refunds', 'queue'],
    queryFn: () => api.get<Queue>('refund-queue'),
    retry: false,
  })
  if (data === undefined || data.queued.length === 0) return null
  return (
    <Paper
      component="section"
      aria-label="Unfinished refunds"
      sx={{ display: 'flex', flexWrap: 'wrap', mb: 1.5, px: 2, py: 1.25, columnGap: 5, rowGap: 1.5 }}
    >
      {states.map((state) => (
        <Waiting key={state} state={state} sums={data.queued.filter((each) => each.state === state)} />
      ))}
    </Paper>
  )
}

function Waiting({ state, sums }: { state: Queued['state']; sums: readonly Queued[] }) {
  if (sums.length === 0) return null
  return (
    <div>
      <Typography variant="caption" color="textSecondary" component="div">
        <AppLink to={listLink('refunds', { state })}>{labels[state]}</AppLink>
      </Typography>
      {sums.map(({ amount, count, oldest_at }) => (
        <Box key={amount.currency} sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
          <strong>
            <MoneyText amount={amount} />
          </strong>
          <Typography variant="caption" color="textSecondary">
            {countText(count)} {count === 1 ? 'refund' : 'refunds'}, {count === 1 ? '' : 'oldest '}
            <AgeText since={oldest_at} /> old
          </Typography>
        </Box>
      ))}
    </div>
  )
}
