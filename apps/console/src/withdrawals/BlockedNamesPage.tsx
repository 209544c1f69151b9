import { Button, Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { BlockedName } from '../api/types.ts'
import { FlagFilter, SearchFilter, ZoneFilter } from '../parts/Filters.tsx'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMay } from '../parts/hooks.ts'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { withdrawalTabs } from '../parts/tabs.ts'
import { NameText, TimeText } from '../parts/texts.tsx'
import { BlockDialog } from './BlockDialog.tsx'

const Column = DataTable.Col<BlockedName>

/** Names that no list may list: court orders, requests of a registry. */
export function BlockedNamesPage() {
  const mayBlock = useMay('names:withdraw')
  const [isOpen, setOpen] = useState(false)
  return (
    <Page
      title="Blocked names"
      about="Names that are not listed, whatever lists say."
      actions={
        mayBlock ? (
          <Button variant="contained" onClick={() => setOpen(true)}>
            Block names
          </Button>
        ) : null
      }
    >
      <PageTabs label="Withdrawals" tabs={withdrawalTabs} />
      <RecordTable
        resource="blocked-names"
        filterAtFirst={inForceAtFirst}
        controls={
          <>
            <SearchFilter label="Name" />
            <ZoneFilter />
            <FlagFilter source="in_force" label="In force" />
            <PeriodFilter />
          </>
        }
        empty={{
          title: 'No blocked names',
          text: 'A blocked name is withdrawn, and later lists do not list it.',
        }}
        emptyAtFirst={{
          title: 'No blocked names',
          text: 'A blocked name is withdrawn, and later lists do not list it.',
        }}
      >
        <Column label="Name" render={({ name }) => <NameText name={name} />} />
        <Column
          label="State"
          render={({ in_force }) =>
            in_force ? <StateChip state="blocked" tone="warning" /> : <StateChip state="ended" />
          }
        />
        <Column
          label="Blocked"
          render={({ blocked_at }) => <TimeText at={blocked_at} precision="minutes" />}
        />
        <Column label="By" render={({ blocked_by }) => blocked_by} />
        <Column label="Reason" render={({ reason }) => reason} />
        <Column label="Ends" render={(block) => <Ends block={block} />} />
        <Column label="" render={(block) => <UnblockButton block={block} />} />
      </RecordTable>
      {isOpen ? <BlockDialog onClose={() => setOpen(false)} /> : null}
    </Page>
  )
}

const inForceAtFirst = { in_force: 'true' }

function Ends({ block: { until_at, ended_at, ended_by, end_reason } }: { block: BlockedName }) {
  if (ended_at !== undefined)
    return (
      <>
        <TimeText at={ended_at} precision="minutes" />
        <Typography color="textSecondary">
          {ended_by}: {end_reason}
        </Typography>
      </>
    )
  return until_at === undefined ? 'When an operator ends it' : <TimeText at={until_at} precision="minutes" />
}

function UnblockButton({ block: { id, name, in_force } }: { block: BlockedName }) {
  const mayUnblock = useMay('names:withdraw')
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const unblock = useAction<Reasoned, BlockedName>({
    send: (api, values) => api.post(`blocked-names/${id}/unblock`, values),
    done: () => `${name} is no longer blocked.`,
    onDone: close,
  })
  if (!mayUnblock || !in_force) return null
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Unblock
      </Button>
      {isOpen ? (
        <FormDialog<Reasoned>
          title={`Unblock ${name}`}
          action="Unblock"
          initial={{ reason: '' }}
          change={unblock}
          onClose={close}
        >
          <Typography>The next list that carries the name lists it again.</Typography>
          <ReasonInput />
        </FormDialog>
      ) : null}
    </>
  )
}
