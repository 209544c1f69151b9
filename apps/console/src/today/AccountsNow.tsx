import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { RegistryAccountStatus } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { phaseTones } from '../format/tones.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'

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
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>Account</TableCell>
            <TableCell>Catcher</TableCell>
            <TableCell align="right">Sessions</TableCell>
            <TableCell align="right">Commands per second</TableCell>
            <TableCell align="right">Firing</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {data.items.map(({ id, phase, sessions, commands, names }) => (
            <TableRow key={id}>
              <TableCell>{id}</TableCell>
              <TableCell>
                <StateChip state={phase} tone={phaseTones[phase]} />
              </TableCell>
              <TableCell align="right">{ofLimit(sessions?.open, sessions?.allowed)}</TableCell>
              <TableCell align="right">{ofLimit(commands?.in_second, commands?.per_second_max)}</TableCell>
              <TableCell align="right">{names === undefined ? '–' : countText(names.firing)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}

function ofLimit(count: number | undefined, limit: number | undefined): string {
  if (count === undefined) return '–'
  return limit === undefined ? countText(count) : `${countText(count)} of ${countText(limit)}`
}
