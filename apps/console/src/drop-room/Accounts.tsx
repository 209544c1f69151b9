import type { ReactNode } from 'react'
import type { DropRoom } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { wallTime } from '../format/time.ts'
import { type FigureColumn, FigureTable } from '../parts/FigureTable.tsx'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Nothing, Section } from '../parts/Page.tsx'
import { AgeText } from '../parts/texts.tsx'
import { CatcherState, ofLimit, Small } from './CatcherState.tsx'

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
        <FigureTable rows={accounts} columns={columns} keyOf={({ id }) => id} />
      )}
    </Section>
  )
}

const columns: readonly FigureColumn<Account>[] = [
  {
    label: 'Account',
    render: ({ id, registry_id }) => (
      <strong style={{ fontWeight: 550 }}>
        <AppLink to={recordLink('registries', registry_id)}>{id}</AppLink>
      </strong>
    ),
  },
  { label: 'Catcher', isWide: true, render: (account) => <CatcherState account={account} /> },
  figure(
    'Sessions',
    ({ sessions }) => sessions && `${sessions.open} of ${sessions.allowed}`,
    ({ drop_sessions }) =>
      drop_sessions && `${drop_sessions.open} of ${drop_sessions.allowed} at the drop hosts`,
  ),
  figure(
    'Commands/s',
    ({ commands }) => commands && ofLimit(commands.in_second, commands.per_second_max),
    ({ commands }) =>
      commands && `${ofLimit(commands.in_minute, commands.per_minute_max)} in the last minute`,
  ),
  figure(
    'Failed creates',
    ({ creates }) => creates && `${countText(creates.used)} of ${countText(creates.allowed)}`,
    ({ creates }) => creates?.free_at && `room again at ${wallTime(creates.free_at, 'UTC')} UTC`,
  ),
  figure(
    'Clock offset',
    ({ clock }) => clock && `${clock.offset_ms < 0 ? '−' : '+'}${Math.abs(clock.offset_ms).toFixed(1)} ms`,
    ({ clock }) => clock && `± ${clock.error_ms.toFixed(1)} ms`,
  ),
  figure(
    'Funds',
    ({ funds }) => funds && [funds.currency, funds.available].filter(Boolean).join(' '),
    ({ funds }) =>
      funds && (
        <>
          reported <AgeText since={funds.at} /> ago
        </>
      ),
  ),
  figure(
    'Armed · prepared',
    ({ names }) => names && `${countText(names.armed)} · ${countText(names.prepared)}`,
  ),
  figure(
    'Firing · ambiguous',
    ({ names }) => names && `${countText(names.firing)} · ${countText(names.ambiguous)}`,
  ),
  { label: 'Last login', render: (account) => <LastLogin account={account} /> },
]

/** A figure with a line below it; a dash where the catcher has not reported it. */
function figure(
  label: string,
  value: (account: Account) => string | undefined,
  below: (account: Account) => ReactNode = () => undefined,
): FigureColumn<Account> {
  return {
    label,
    isFigure: true,
    render: (account) => (
      <>
        {value(account) ?? '–'}
        <Small>{below(account)}</Small>
      </>
    ),
  }
}

function LastLogin({ account }: { account: Account }) {
  const refused = refusedText(account)
  return (
    <>
      {account.login_at === undefined ? (
        '–'
      ) : (
        <>
          <AgeText since={account.login_at} /> ago
        </>
      )}
      {refused === undefined ? null : <Small tone="error.main">{refused}</Small>}
    </>
  )
}

/** The last refused login, where none was accepted since. */
function refusedText({ login_at, login_refused }: Account): string | undefined {
  if (login_refused === undefined) return undefined
  if (login_at !== undefined && login_at > login_refused.at) return undefined
  return `refused with ${login_refused.code}`
}
