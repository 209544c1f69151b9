import { Box, Button, Stack, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { RegistryAccountStatus, RegistrySettings } from '../api/types.ts'
import { phaseTones } from '../format/tones.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText } from '../parts/texts.tsx'
import { LastConnectionTest, TestConnectionButton } from './ConnectionTests.tsx'
import { EditAccountDialog } from './EditAccountDialog.tsx'
import { type Account, type LimitName, limitLabels, limitNames, limitText } from './registry-fields.ts'

type RegistryAccountProps = { readonly registry: RegistrySettings; readonly account: Account }

/** Our account at a registry: how we connect, the limits and where each comes from, and whether the connection works. */
export function RegistryAccount({ registry, account }: RegistryAccountProps) {
  const api = useDataProvider<ConsoleDataProvider>()
  const { data } = useQuery<{ readonly items: readonly RegistryAccountStatus[] }>({
    queryKey: ['registry-account-statuses'],
    queryFn: () => api.get('registry-account-statuses'),
    retry: false,
  })
  const status = data?.items.find(({ id }) => id === account.id)
  return (
    <Section
      title={`Registry account ${account.id}`}
      beside={
        <Stack direction="row" sx={{ gap: 1 }}>
          <TestConnectionButton accountId={account.id} />
          <EditButton registry={registry} account={account} />
        </Stack>
      }
    >
      <Connection account={account} version={registry.version} status={status} />
      <Limits account={account} status={status} />
      <LastConnectionTest accountId={account.id} />
    </Section>
  )
}

function EditButton({ registry, account }: RegistryAccountProps) {
  const maySet = useMay('registries:set')
  const [isOpen, setOpen] = useState(false)
  if (!maySet) return null
  return (
    <>
      <Button
        variant="outlined"
        aria-label={`Edit registry account ${account.id}`}
        onClick={() => setOpen(true)}
      >
        Edit
      </Button>
      {isOpen ? (
        <EditAccountDialog registry={registry} account={account} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}

type ConnectionProps = {
  readonly account: Account
  readonly version: number
  readonly status: RegistryAccountStatus | undefined
}

function Connection({ account, version, status }: ConnectionProps) {
  const { id, clid, hosts, drop_hosts, source_address, client_certificate, is_simulator } = account
  const { password_name, password_expires_at } = account
  return (
    <Facts
      facts={[
        ['Client id', clid],
        ['Server', is_simulator ? 'Simulated' : 'Real'],
        ['Hosts, in order of preference', hosts.map(hostText).join(', ')],
        ['Hosts of the drop', drop_hosts?.map(hostText).join(', ')],
        [
          'Password',
          `In the catcher’s settings, under ${id}${password_name === undefined ? '' : `, named ${password_name}`}. It is not stored here.`,
        ],
        ['Password expires', password_expires_at && <TimeText key="expires" at={password_expires_at} />],
        ['Client certificate', client_certificate],
        ['Our address', source_address],
        ['Catcher', status && <StateChip key="phase" state={status.phase} tone={phaseTones[status.phase]} />],
        ['Last accepted login', status?.login_at && <TimeText key="login" at={status.login_at} />],
        [
          'Last refused login',
          status?.login_refused && <Refused key="refused" refused={status.login_refused} />,
        ],
        ['Settings', status && settingsText(status, version)],
      ]}
    />
  )
}

function Refused({ refused: { at, code } }: { refused: { readonly at: string; readonly code: number } }) {
  return (
    <>
      <TimeText at={at} /> (EPP code {code})
    </>
  )
}

/** Whether the last edit is in force. */
function settingsText(
  { phase, settings_version }: RegistryAccountStatus,
  version: number,
): string | undefined {
  if (phase !== 'driven' || settings_version === undefined) return undefined
  return settings_version >= version
    ? 'The catcher drives the account by these.'
    : 'The last change waits for the end of the window: the catcher takes it over when nothing drops.'
}

function hostText({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host}:${port}`
}

/** What is seen now of a limit, by the report of the catcher. */
const observed: Partial<Record<LimitName, (status: RegistryAccountStatus) => ReactNode>> = {
  sessions_max: ({ sessions, drop_sessions }) =>
    sessions && `${sessions.open + (drop_sessions?.open ?? 0)} open`,
  commands_per_second_max: ({ commands }) => commands && `${commands.in_second} in the last second`,
  commands_per_minute_max: ({ commands }) => commands && `${commands.in_minute} in the last minute`,
  failed_creates_per_day_max: ({ creates }) => creates && `${creates.used} in 24 hours`,
}

function Limits({
  account: { limits, profile_limits },
  status,
}: {
  account: Account
  status: RegistryAccountStatus | undefined
}) {
  const shown = limitNames.filter((name) => limits[name] !== undefined || profile_limits[name] !== undefined)
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider' }}>
      <Table size="small" aria-label="Limits" sx={{ '& tr:last-child td': { borderBottom: 0 } }}>
        <TableHead>
          <TableRow>
            <TableCell>Limit</TableCell>
            <TableCell align="right">In force</TableCell>
            <TableCell>From</TableCell>
            <TableCell align="right">Profile</TableCell>
            <TableCell align="right">Observed</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map((name) => {
            const own = limits[name]
            return (
              <TableRow key={name}>
                <TableCell>{limitLabels[name]}</TableCell>
                <TableCell align="right" sx={{ fontWeight: 550 }}>
                  {limitText(own ?? profile_limits[name])}
                </TableCell>
                <TableCell>{own === undefined ? 'Profile' : 'Our contract'}</TableCell>
                <TableCell align="right">{limitText(profile_limits[name])}</TableCell>
                <TableCell align="right">{(status && observed[name]?.(status)) ?? '–'}</TableCell>
              </TableRow>
            )
          })}
        </TableBody>
      </Table>
    </Box>
  )
}
