import { Box, Stack, Typography } from '@mui/material'
import { useGetList } from 'react-admin'
import type { Refund } from '../api/types.ts'
import { refundTones } from '../format/tones.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { FirstOf, Nothing, Section } from '../parts/Page.tsx'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { MoneyText } from '../parts/texts.tsx'
import { causeText } from './fields.tsx'
import { RefundButtons } from './RefundButtons.tsx'
import { RefundPeople } from './RefundPeople.tsx'

/** One payment has few refunds. More than this are on the Refunds page. */
const ROWS_MAX = 20

/** The refunds of a backorder or a payment. They can be decided here too. */
export function RefundsOf({ filter }: { filter: Readonly<Record<string, string>> }) {
  const { data, error, total } = useGetList<Refund>(
    'refunds',
    {
      filter,
      pagination: { page: 1, perPage: ROWS_MAX },
      sort: { field: 'created_at', order: 'DESC' },
    },
    { retry: false },
  )
  return (
    <Section title="Refunds">
      {error ? <ProblemAlert error={error} /> : null}
      {data?.length === 0 ? <Nothing title="No refunds" /> : null}
      {data?.map((refund) => (
        <Entry key={refund.id} refund={refund} />
      ))}
      <FirstOf shown={ROWS_MAX} total={total} />
    </Section>
  )
}

function Entry({ refund }: { refund: Refund }) {
  return (
    <Box
      sx={{ px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider', '&:last-child': { borderBottom: 0 } }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between' }}>
        <AppLink to={recordLink('refunds', refund.id)}>
          <strong>
            <MoneyText amount={refund.amount} />
          </strong>
        </AppLink>
        <StateChip state={refund.state} tone={refundTones[refund.state]} />
      </Stack>
      <Typography color="textSecondary">{causeText(refund)}</Typography>
      {refund.note === undefined ? null : <Typography>{refund.note}</Typography>}
      <RefundPeople refund={refund} />
      <RefundButtons refund={refund} />
    </Box>
  )
}
