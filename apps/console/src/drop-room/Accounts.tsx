import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { DropRoom } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { wallTime } from '../format/time.ts'
import { phaseTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { Nothing, Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { AgeText } from '../parts/texts.tsx'

type Account = DropRoom['accounts'][number]

/** What the catcher of each registry account reported last. */
export function Accounts({ accounts }: { accounts: readonly Account[] }) {
  return (
    <Section title="Registry accounts">
      {accounts.length === 0 ? (
        <Nothing title="No registry accounts">
          An administrator adds them; a catcher with their credentials drives them.
        </Nothing>
      ) : (
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>Account</TableCell>
              <TableCell>Catcher</TableCell>
              <TableCell align="right">Sessions</TableCell>
              <TableCell align="right">Commands per second</TableCell>
              <TableCell align="right">Failed creates</TableCell>
              <TableCell align="right">Clock offset</TableCell>
              <TableCell align="right">Funds</TableCell>
              <TableCell align="right">Armed · prepared</TableCell>
              <TableCell align="right">Firing · ambiguous</TableCell>
              <TableCell>Last login</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {accounts.map((account) => (
              <Row key={account.id} account={account} />
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  )
}

function Row({ account }: { account: Account }) {
  const { phase, problems, lease, sessions, drop_sessions, commands, creates, clock, funds, names } = account
  const refused = refusedText(account)
  return (
    <TableRow sx={phase === 'silent' ? { '& td': { color: 'text.secondary' } } : {}}>
      <TableCell sx={{ fontWeight: 550 }}>{account.id}</TableCell>
      <TableCell>
        <StateChip state={phase} tone={phaseTones[phase]} />
        <Small>
          {phase === 'silent' && account.reported_at !== undefined ? (
            <>
              last report <AgeText since={account.reported_at} /> ago
            </>
          ) : lease === undefined ? null : (
            <>
              lease {lease.is_held ? 'held' : 'not held'} for <AgeText since={lease.since} />
            </>
          )}
        </Small>
        {problems.length === 0 || phase === 'released' ? null : (
          <Small tone="error.main">{problems.map(words).join(', ')}</Small>
        )}
      </TableCell>
      <Figure value={sessions && `${sessions.open} of ${sessions.allowed}`}>
        {drop_sessions === undefined
          ? null
          : `${drop_sessions.open} of ${drop_sessions.allowed} at the drop hosts`}
      </Figure>
      <Figure value={commands && ofLimit(commands.in_second, commands.per_second_max)}>
        {commands === undefined
          ? null
          : `${ofLimit(commands.in_minute, commands.per_minute_max)} in the last minute`}
      </Figure>
      <Figure value={creates && `${countText(creates.used)} of ${countText(creates.allowed)}`}>
        {creates?.free_at === undefined ? null : `room again at ${wallTime(creates.free_at, 'UTC')} UTC`}
      </Figure>
      <Figure value={clock && `${clock.offset_ms >= 0 ? '+' : ''}${clock.offset_ms.toFixed(1)} ms`}>
        {clock === undefined ? null : `± ${clock.error_ms.toFixed(1)} ms`}
      </Figure>
      <Figure value={funds && [funds.currency, funds.available].filter(Boolean).join(' ')}>
        {funds === undefined ? null : (
          <>
            reported <AgeText since={funds.at} /> ago
          </>
        )}
      </Figure>
      <Figure value={names && `${countText(names.armed)} · ${countText(names.prepared)}`} />
      <Figure value={names && `${countText(names.firing)} · ${countText(names.ambiguous)}`} />
      <TableCell>
        {account.login_at === undefined ? (
          '–'
        ) : (
          <>
            <AgeText since={account.login_at} /> ago
          </>
        )}
        {refused === undefined ? null : <Small tone="error.main">{refused}</Small>}
      </TableCell>
    </TableRow>
  )
}

function Figure({ value, children }: { value: string | undefined; children?: ReactNode }) {
  return (
    <TableCell align="right" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {value ?? '–'}
      <Small>{children}</Small>
    </TableCell>
  )
}

function Small({ children, tone = 'text.secondary' }: { children: ReactNode; tone?: string }) {
  if (children === null || children === undefined) return null
  return (
    <Typography variant="caption" component={Box} sx={{ color: tone, whiteSpace: 'nowrap' }}>
      {children}
    </Typography>
  )
}

function ofLimit(count: number, limit: number | undefined): string {
  return limit === undefined ? countText(count) : `${countText(count)} of ${countText(limit)}`
}

/** The last refused login, where none was accepted since. */
function refusedText({ login_at, login_refused }: Account): string | undefined {
  if (login_refused === undefined) return undefined
  if (login_at !== undefined && login_at > login_refused.at) return undefined
  return `refused with ${login_refused.code}`
}
