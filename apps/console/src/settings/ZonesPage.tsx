import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { Zone } from '../api/types.ts'
import { RegistryFilter, SearchFilter } from '../parts/Filters.tsx'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { AppLink, listLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { registryTabs } from '../parts/tabs.ts'
import { MoneyText } from '../parts/texts.tsx'

const Column = DataTable.Col<Zone>

/** All zones, and whether they take orders. */
export function ZonesPage() {
  return (
    <Page title="Zones" about="Stopping orders in a zone keeps all orders that exist.">
      <PageTabs label="Registries" tabs={registryTabs} />
      <RecordTable
        resource="zones"
        controls={
          <>
            <SearchFilter label="Zone" />
            <RegistryFilter />
          </>
        }
        empty={{ title: 'No zones yet', text: 'Zones are defined with their registry.' }}
      >
        <Column
          label="Orders"
          render={({ enabled }) => (
            <StateChip state={enabled ? 'accepted' : 'stopped'} tone={enabled ? 'success' : 'warning'} />
          )}
        />
        <Column label="Zone" render={({ name }) => <strong>.{name}</strong>} />
        <Column
          label="Registry"
          render={({ registry_id }) => (
            <AppLink to={recordLink('registries', registry_id)}>{registry_id}</AppLink>
          )}
        />
        <Column
          label="Most that a create costs"
          align="right"
          render={({ fee_max }) => <MoneyText amount={fee_max} />}
        />
        <Column
          label="Premium names"
          render={({ may_have_premium }) => (may_have_premium ? 'Possible: creates are capped' : 'None')}
        />
        <Column
          label="See also"
          render={({ name }) => (
            <>
              <AppLink to={recordLink('zone-policies', name)}>Policy</AppLink>
              {' · '}
              <AppLink to={listLink('prices', { zone: name })}>Prices</AppLink>
              {' · '}
              <AppLink to={listLink('fee-answers', { zone: name })}>Fee checks</AppLink>
            </>
          )}
        />
        <Column label="" render={(zone) => <SwitchButton zone={zone} />} />
      </RecordTable>
    </Page>
  )
}

function SwitchButton({ zone }: { zone: Zone }) {
  const maySet = useMay('registries:set')
  const [isOpen, setOpen] = useState(false)
  if (!maySet) return null
  return (
    <>
      <Button
        variant="outlined"
        color={zone.enabled ? 'error' : 'primary'}
        aria-label={`${zone.enabled ? 'Stop' : 'Accept'} orders in .${zone.name}`}
        onClick={() => setOpen(true)}
      >
        {zone.enabled ? 'Stop orders' : 'Accept orders'}
      </Button>
      {isOpen ? <SwitchDialog zone={zone} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function SwitchDialog({ zone: { name, enabled }, onClose }: { zone: Zone; onClose: () => void }) {
  const change = useAction<Reasoned, { name: string }>({
    send: (api, { reason }) => api.post(`zones/${name}/orders`, { enabled: !enabled, reason }),
    done: () => (enabled ? `.${name} takes no new orders.` : `.${name} takes orders again.`),
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={enabled ? `Stop orders in .${name}` : `Accept orders in .${name}`}
      action={enabled ? 'Stop orders' : 'Accept orders'}
      tone={enabled ? 'error' : 'primary'}
      initial={{ reason: '' }}
      change={change}
      onClose={onClose}
    >
      <Typography>
        {enabled
          ? 'No new order is accepted in this zone. Secured orders stay valid and are caught as before.'
          : 'Names of this zone can be ordered again.'}
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
