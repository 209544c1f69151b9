import { unservedTexts } from '@droplock/rules/drop/unserved'
import { Paper } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { OrderOfService } from '../api/types.ts'
import { Facts } from '../parts/Facts.tsx'
import { StateChip } from '../parts/StateChip.tsx'

/** How many names are served, and what each of our accounts can send. */
export function ServiceSummary({ resource }: { resource: string }) {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<OrderOfService>({
    queryKey: [resource, 'summary'],
    queryFn: () => api.get<OrderOfService>(`${resource}?per_page=1`),
    retry: false,
  })
  // The list says what is wrong.
  if (data === undefined) return null
  const { names, unserved, accounts } = data
  return (
    <Paper sx={{ mb: 2 }}>
      <Facts
        facts={[
          ['Names with paid orders', String(names)],
          [
            'Expected to be served',
            <StateChip
              key="served"
              state={unserved === 0 ? 'all' : `${names - unserved} of ${names}`}
              tone={unserved === 0 ? 'success' : 'error'}
            />,
          ],
          ...accounts.map((account) => [account.id, accountText(account)] as const),
          ...(accounts.length === 0 ? ([['Accounts', 'None']] as const) : []),
        ]}
      />
    </Paper>
  )
}

function accountText({
  creates_per_second,
  names_in_turn,
  obstacles,
}: OrderOfService['accounts'][number]): string {
  const [obstacle] = obstacles
  if (obstacle !== undefined) return unservedTexts[obstacle]
  return `${creates_per_second} creates a second; ${names_in_turn} names at a time where the moment of release is not known`
}
