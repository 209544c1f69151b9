import { Alert, Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import { useState } from 'react'
import type { RegistrySettings } from '../api/types.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { AppLink, listLink } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { MoneyText } from '../parts/texts.tsx'
import { EditChecksDialog } from './EditChecksDialog.tsx'
import { EditZoneDialog } from './EditZoneDialog.tsx'
import { RegistryAccount } from './RegistryAccount.tsx'
import { checkFields, type ZoneTerms } from './registry-fields.ts'

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
            <RegistryAccount key={account.id} registry={registry} account={account} />
          ))}
          <Zones registry={registry} />
          <ListChecks registry={registry} />
          <SetElsewhere />
        </Page>
      )}
    </RecordPage>
  )
}

function Zones({ registry }: { registry: RegistrySettings }) {
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
            <TableCell />
          </TableRow>
        </TableHead>
        <TableBody>
          {registry.zones.map((zone) => (
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
              <TableCell align="right">
                <EditZoneButton registry={registry} zone={zone} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  )
}

function EditZoneButton({ registry, zone }: { registry: RegistrySettings; zone: ZoneTerms }) {
  const maySet = useMay('registries:set')
  const [isOpen, setOpen] = useState(false)
  if (!maySet) return null
  return (
    <>
      <Button variant="outlined" aria-label={`Edit .${zone.name}`} onClick={() => setOpen(true)}>
        Edit
      </Button>
      {isOpen ? <EditZoneDialog registry={registry} zone={zone} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ListChecks({ registry }: { registry: RegistrySettings }) {
  return (
    <Section title="Lists of this registry" beside={<EditChecksButton registry={registry} />}>
      <Facts facts={checkFields.map(([label, text]) => [label, text(registry)])} />
    </Section>
  )
}

function EditChecksButton({ registry }: { registry: RegistrySettings }) {
  const maySet = useMay('registries:set')
  const [isOpen, setOpen] = useState(false)
  if (!maySet) return null
  return (
    <>
      <Button variant="outlined" aria-label="Edit the list checks" onClick={() => setOpen(true)}>
        Edit
      </Button>
      {isOpen ? <EditChecksDialog registry={registry} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** What no session may change, and why. */
function SetElsewhere() {
  return (
    <Alert severity="info">
      Hosts, client ids, the profile, and new accounts and zones are set by the command{' '}
      <code>registry put</code>: a host is sent our password. When names drop is the policy of each zone, and
      what customers pay are prices.
    </Alert>
  )
}
