import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import type { ReactNode } from 'react'
import type { PaymentDetail } from '../api/types.ts'
import { counted, words } from '../format/words.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { MoneyText, TimeText } from '../parts/texts.tsx'

const stateTones = { open: 'warning', won: 'success', lost: 'error' } as const

/** The payment's postings in the ledger. Time and cause are on the first line of each transaction. */
export function Postings({ postings }: Pick<PaymentDetail, 'postings'>) {
  return (
    <Section title="Ledger postings">
      {postings.length === 0 ? (
        <Nothing title="No postings yet" />
      ) : (
        <Rows heads={['Time', 'Cause', 'Ledger account', 'Amount']}>
          {postings.map(({ cause, cause_id, line, ledger_account, amount, posted_at }) => (
            <TableRow key={`${cause} ${cause_id} ${line}`}>
              <TableCell>{line === 1 ? <TimeText at={posted_at} /> : null}</TableCell>
              <TableCell>{line === 1 ? words(cause) : null}</TableCell>
              <TableCell>{words(ledger_account)}</TableCell>
              <TableCell align="right">
                <MoneyText amount={amount} />
              </TableCell>
            </TableRow>
          ))}
        </Rows>
      )}
    </Section>
  )
}

export function Disputes({ disputes }: Pick<PaymentDetail, 'disputes'>) {
  return (
    <Section title="Disputes">
      <Rows heads={['Opened', 'Provider ID', 'State', 'Amount']}>
        {disputes.map(({ id, opened_at, provider_dispute_id, state, amount }) => (
          <TableRow key={id}>
            <TableCell>
              <TimeText at={opened_at} />
            </TableCell>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>
              <AppLink to={recordLink('disputes', id)}>{provider_dispute_id}</AppLink>
            </TableCell>
            <TableCell>
              <StateChip state={state} tone={stateTones[state]} />
            </TableCell>
            <TableCell align="right">
              <MoneyText amount={amount} />
            </TableCell>
          </TableRow>
        ))}
      </Rows>
    </Section>
  )
}

/** The events received from the provider, with the time of receipt. */
export function ProviderEvents({ events }: { events: PaymentDetail['provider_events'] }) {
  return (
    <Section title="Provider events">
      {events.length === 0 ? (
        <Nothing title="No events yet" />
      ) : (
        <Rows heads={['Received', 'Subject', 'Event', 'Result']}>
          {events.map(({ event_id, about, received_at, handled_at, failure, attempts }) => (
            <TableRow key={event_id}>
              <TableCell>
                <TimeText at={received_at} />
              </TableCell>
              <TableCell>{words(about)}</TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <code>{event_id}</code>
              </TableCell>
              <TableCell>
                {handled_at === undefined
                  ? `Pending, ${counted(attempts, 'attempt')}`
                  : words(failure ?? 'applied')}
              </TableCell>
            </TableRow>
          ))}
        </Rows>
      )}
    </Section>
  )
}

function Rows({ heads, children }: { heads: readonly string[]; children: ReactNode }) {
  return (
    <Table size="small">
      <TableHead>
        <TableRow>
          {heads.map((head) => (
            <TableCell key={head} align={head === 'Amount' ? 'right' : 'left'}>
              {head}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>{children}</TableBody>
    </Table>
  )
}
