import { Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import type { RegistrySettings } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { MoneyText } from '../parts/texts.tsx'

/** One registry: its thresholds, our accounts there and the terms of its zones. */
export function RegistryPage() {
  return (
    <RecordPage<RegistrySettings> resource="registries" kind="Registry">
      {(registry) => (
        <Page
          title={registry.id}
          about={`Profile: ${registry.profile}. It says which limits apply where our contract says nothing else.`}
          actions={
            <AppLink to={listLink('audit', { subject_type: 'registry', subject_id: registry.id })}>
              Audit
            </AppLink>
          }
        >
          {registry.accounts.map((account) => (
            <Account key={account.id} account={account} />
          ))}
          <Zones zones={registry.zones} />
          <Thresholds registry={registry} />
        </Page>
      )}
    </RecordPage>
  )
}

function Account({ account }: { account: RegistrySettings['accounts'][number] }) {
  const { id, clid, hosts, drop_hosts, limits, source_address, client_certificate, is_simulator } = account
  return (
    <Section title={`Registry account ${id}`}>
      <Facts
        facts={[
          ['Client id', clid],
          ['Server', is_simulator ? 'Simulated' : 'Real'],
          ['Hosts, in order of preference', hosts.map(hostText).join(', ')],
          ['Hosts of the drop', drop_hosts?.map(hostText).join(', ')],
          ['Password', `In the catcher's settings, under ${id}. It is not stored here.`],
          ['Client certificate', client_certificate],
          ['Our address', source_address],
          [
            'Limits of our contract',
            limits.length === 0
              ? 'None: all as in the profile'
              : limits.map(({ name, value }) => <div key={name}>{`${words(name)}: ${String(value)}`}</div>),
          ],
        ]}
      />
    </Section>
  )
}

function hostText({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host}:${port}`
}

function Zones({ zones }: Pick<RegistrySettings, 'zones'>) {
  return (
    <Section title="Zones">
      <Table size="small" aria-label="Zones" sx={{ '& tr:last-child td': { borderBottom: 0 } }}>
        <TableHead>
          <TableRow>
            <TableCell>Zone</TableCell>
            <TableCell align="right">Standard fee</TableCell>
            <TableCell align="right">Phase fee</TableCell>
            <TableCell align="right">Renewal fee</TableCell>
            <TableCell>Premium names</TableCell>
            <TableCell>Contacts</TableCell>
            <TableCell>RDAP</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {zones.map((zone) => (
            <TableRow key={zone.name}>
              <TableCell>.{zone.name}</TableCell>
              <TableCell align="right">
                <MoneyText amount={zone.standard_fee} />
              </TableCell>
              <TableCell align="right">
                <MoneyText amount={zone.phase_fee} />
              </TableCell>
              <TableCell align="right">
                <MoneyText amount={zone.renew_fee} />
              </TableCell>
              <TableCell>{zone.may_have_premium ? 'Possible: creates are capped' : 'None'}</TableCell>
              <TableCell>{zone.contact_roles.length === 0 ? '–' : zone.contact_roles.join(', ')}</TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{zone.rdap_url ?? '–'}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}

function Thresholds({ registry: { quarantine, confirmation } }: { registry: RegistrySettings }) {
  return (
    <Section title="Lists of this registry">
      <Facts
        facts={[
          ['Held back above suspected names', `${quarantine.suspected_percent_max} %`],
          ['Held back above moved names', `${quarantine.moved_percent_max} %`],
          ['Held back below rows of the list before', `${quarantine.rows_percent_min} %`],
          ['Held back above rejected rows', `${quarantine.rejects_percent_max} %`],
          ['Suspects are confirmed by', confirmation.by.join(', then ') || 'People alone'],
          ['RDAP requests per minute', confirmation.rdap_per_minute_max],
        ]}
      />
    </Section>
  )
}
