import { Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { RegistryAccountStatus } from '../api/types.ts'
import { CatcherState, ofLimit } from '../drop-room/CatcherState.tsx'
import { countText } from '../format/money.ts'
import { type FigureColumn, FigureTable } from '../parts/FigureTable.tsx'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'

/** Sessions and rate in use against the limits, by registry account; nothing while there is none. */
export function AccountsNow() {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery({
    queryKey: ['registry-account-statuses'],
    queryFn: () => api.get<{ items: readonly RegistryAccountStatus[] }>('registry-account-statuses'),
    retry: false,
  })
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section title="Registry accounts" beside={<AppLink to={listLink('drop-room')}>View drop room</AppLink>}>
      <FigureTable rows={data.items} columns={columns} keyOf={({ id }) => id} />
    </Section>
  )
}

const columns: readonly FigureColumn<RegistryAccountStatus>[] = [
  {
    label: 'Account',
    render: ({ id, registry_id }) => (
      <Typography component="span" sx={{ fontWeight: 550 }}>
        <AppLink to={recordLink('registries', registry_id)}>{id}</AppLink>
      </Typography>
    ),
  },
  { label: 'Catcher', isWide: true, render: (account) => <CatcherState account={account} /> },
  {
    label: 'Sessions',
    isFigure: true,
    render: ({ sessions }) => ofLimit(sessions?.open, sessions?.allowed),
  },
  {
    label: 'Commands/s',
    isFigure: true,
    render: ({ commands }) => ofLimit(commands?.in_second, commands?.per_second_max),
  },
  {
    label: 'Firing',
    isFigure: true,
    render: ({ names }) => (names === undefined ? '–' : countText(names.firing)),
  },
]
