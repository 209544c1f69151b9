import {
  Box,
  Button,
  Chip,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import { wallTime } from '../format/time.ts'
import type { Attempt } from './fold-attempts.ts'

/** Consecutive EPP commands with the same answer on one line. A button shows each of them. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  const [isOpen, setOpen] = useState(false)
  const [first] = attempts
  if (first === undefined) return null
  if (attempts.length === 1) {
    return (
      <>
        <Answer attempt={first} />
        <Identifiers attempt={first} />
      </>
    )
  }
  return (
    <>
      <Answer attempt={first} times={attempts.length} over={spanOf(attempts)} />
      <Button onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} sx={{ ml: -0.75, py: 0, minWidth: 0 }}>
        {isOpen ? 'Hide' : `Show all ${attempts.length}`}
      </Button>
      {isOpen ? <AttemptTable attempts={attempts} /> : null}
    </>
  )
}

/** The most that the API returns at once. */
const ATTEMPTS_PER_PAGE = 200

/** Every EPP command of a backorder, newest first, in pages. The timeline shows only the newest where there are many. */
export function AllAttempts({ backorderId, total }: { backorderId: string; total: number }) {
  const api = useDataProvider<ConsoleDataProvider>()
  const [page, setPage] = useState<number>()
  const { data } = useQuery<{ readonly items: readonly Attempt[] }>({
    queryKey: [`backorders/${backorderId}/attempts`, page],
    queryFn: () => api.get(`backorders/${backorderId}/attempts?per_page=${ATTEMPTS_PER_PAGE}&page=${page}`),
    enabled: page !== undefined,
  })
  if (page === undefined) {
    return <Button onClick={() => setPage(1)}>{`Show all ${total}, newest first`}</Button>
  }
  return (
    <Box sx={{ px: 2, pb: 1 }}>
      <Button disabled={page === 1} onClick={() => setPage(page - 1)}>
        Newer
      </Button>
      <Button disabled={page * ATTEMPTS_PER_PAGE >= total} onClick={() => setPage(page + 1)}>
        Older
      </Button>
      {data === undefined ? null : <AttemptTable attempts={data.items} />}
    </Box>
  )
}

function Answer({ attempt, times = 1, over = '' }: { attempt: Attempt; times?: number; over?: string }) {
  const { command, code, message, outcome, round_trip_ms, decided } = attempt
  return (
    <div>
      <strong>
        EPP {command}
        {times === 1 ? '' : ` ×${times}`}
      </strong>
      {' → '}
      {code === undefined ? (
        <em>{outcome === 'not_sent' ? 'Not sent' : 'No answer'}</em>
      ) : (
        <code>{code}</code>
      )}{' '}
      {message}
      {times === 1 && round_trip_ms !== undefined ? <Muted> · {roundTrip(round_trip_ms)}</Muted> : null}
      {times > 1 ? <Muted> · {over}</Muted> : null}
      {decided ? <Chip label="Decided the outcome" size="small" color="primary" sx={{ ml: 1 }} /> : null}
    </div>
  )
}

/** The time from the first to the last command, and the range of round trips. */
function spanOf(attempts: readonly Attempt[]): string {
  const sentMs = attempts.map(({ at }) => new Date(at).getTime())
  const trips = attempts.flatMap(({ round_trip_ms }) => round_trip_ms ?? [])
  const within = `within ${Math.max(...sentMs) - Math.min(...sentMs)} ms`
  return trips.length === 0
    ? within
    : `${within}, round trips ${Math.min(...trips).toFixed(1)} to ${roundTrip(Math.max(...trips))}`
}

function Identifiers({ attempt: { registry_account_id, cltrid, svtrid } }: { attempt: Attempt }) {
  return (
    <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
      {registry_account_id} · clTRID <code>{cltrid}</code>
      {svtrid === undefined ? null : (
        <>
          {' · svTRID '}
          <code>{svtrid}</code>
        </>
      )}
    </Typography>
  )
}

function AttemptTable({ attempts }: { attempts: readonly Attempt[] }) {
  const accounts = new Set(attempts.map(({ registry_account_id }) => registry_account_id))
  return (
    <Box
      // It scrolls, by the keyboard too.
      tabIndex={0}
      role="region"
      aria-label="Attempts"
      sx={{ maxHeight: 320, overflow: 'auto', mt: 0.5, border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      <Table size="small" stickyHeader sx={{ '& td': { whiteSpace: 'nowrap' } }}>
        <TableHead>
          <TableRow>
            <TableCell>Sent (UTC)</TableCell>
            <TableCell align="right">Round trip</TableCell>
            {accounts.size > 1 ? <TableCell>Registry account</TableCell> : null}
            <TableCell>clTRID</TableCell>
            <TableCell>svTRID</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {attempts.map((attempt) => (
            <TableRow key={attempt.cltrid}>
              <TableCell>{wallTime(attempt.at, 'UTC', 'milliseconds')}</TableCell>
              <TableCell align="right">
                {attempt.round_trip_ms === undefined ? '–' : roundTrip(attempt.round_trip_ms)}
              </TableCell>
              {accounts.size > 1 ? <TableCell>{attempt.registry_account_id}</TableCell> : null}
              <TableCell>
                <code>{attempt.cltrid}</code>
              </TableCell>
              <TableCell>
                <code>{attempt.svtrid ?? '–'}</code>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  )
}

function Muted({ children }: { children: ReactNode }) {
  return (
    <Box component="span" sx={{ color: 'text.secondary' }}>
      {children}
    </Box>
  )
}

function roundTrip(ms: number): string {
  return `${ms.toFixed(1)} ms`
}
