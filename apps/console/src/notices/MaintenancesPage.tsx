import { Button, MenuItem, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import type { Maintenance } from '../api/types.ts'
import { instantOfUtc } from '../format/time.ts'
import { RegistryFilter } from '../parts/Filters.tsx'
import { FormDialog, type Reasoned, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction, useMay, useNow, useRegistries } from '../parts/hooks.ts'
import { Page } from '../parts/Page.tsx'
import { PageTabs } from '../parts/PageTabs.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { noticeTabs } from '../parts/tabs.ts'
import { TimeText, WindowText } from '../parts/texts.tsx'
import { UtcInput } from '../schedules/UtcInput.tsx'

const Column = DataTable.Col<Maintenance>

/** Hours in which a registry announced to be away. */
export function MaintenancesPage() {
  const mayNote = useMay('registries:set')
  const [isOpen, setOpen] = useState(false)
  return (
    <Page
      title="Maintenance"
      about="Hours in which registries announced to be away, by message or entered here."
      actions={
        mayNote ? (
          <Button variant="contained" onClick={() => setOpen(true)}>
            Enter maintenance
          </Button>
        ) : null
      }
    >
      <PageTabs label="Registry notices" tabs={noticeTabs} />
      <RecordTable
        resource="maintenances"
        controls={
          <>
            <RegistryFilter />
            <PeriodFilter />
          </>
        }
        empty={{
          title: 'No maintenance',
          text: 'Enter one that a registry announced elsewhere than in a message.',
        }}
      >
        <Column
          label="Registry"
          cellSx={() => ({ whiteSpace: 'nowrap' })}
          render={({ registry_id }) => registry_id}
        />
        <Column
          label="Time"
          render={({ starts_at, ends_at }) => <WindowText from={starts_at} to={ends_at} />}
        />
        <Column label="State" render={(maintenance) => <State maintenance={maintenance} />} />
        <Column label="Note" cellSx={() => ({ overflowWrap: 'anywhere' })} render={({ note }) => note} />
        <Column
          label="Entered"
          render={({ noted_at, noted_by }) => (
            <>
              <TimeText at={noted_at} precision="minutes" />
              <Typography color="textSecondary">{noted_by}</Typography>
            </>
          )}
        />
        <Column label="" render={(maintenance) => <CancelButton maintenance={maintenance} />} />
      </RecordTable>
      {isOpen ? <NoteDialog onClose={() => setOpen(false)} /> : null}
    </Page>
  )
}

const MINUTE_MS = 60_000

function State({ maintenance: { starts_at, ends_at, canceled_at } }: { maintenance: Maintenance }) {
  const now = useNow(MINUTE_MS)
  if (canceled_at !== undefined) return <StateChip state="canceled" />
  if (Date.parse(ends_at) <= now) return <StateChip state="over" />
  return Date.parse(starts_at) <= now ? (
    <StateChip state="under way" tone="warning" />
  ) : (
    <StateChip state="ahead" tone="info" />
  )
}

type Values = {
  readonly registryId: string
  readonly from: string
  readonly to: string
  readonly reason: string
}

const nothing = () => undefined

function NoteDialog({ onClose }: { onClose: () => void }) {
  const registries = useRegistries()
  const note = useAction<Values, { id: string }>({
    send: (api, { registryId, from, to, reason }) =>
      api.post('maintenances', {
        registry_id: registryId,
        starts_at: instantOfUtc(from),
        ends_at: instantOfUtc(to),
        reason,
      }),
    done: () => 'Maintenance entered.',
    onDone: onClose,
  })
  return (
    <FormDialog<Values>
      title="Enter maintenance"
      action="Enter"
      initial={{ registryId: registries[0]?.id ?? '', from: '', to: '', reason: '' }}
      change={note}
      onClose={onClose}
    >
      <TextInput<Values> name="registryId" select label="Registry" required>
        {registries.map(({ id }) => (
          <MenuItem key={id} value={id}>
            {id}
          </MenuItem>
        ))}
      </TextInput>
      <Stack direction="row" sx={{ gap: 2 }}>
        <UtcInput<Values> name="from" label="Starts" onChange={nothing} />
        <UtcInput<Values> name="to" label="Ends" onChange={nothing} />
      </Stack>
      <Typography>Names with orders that drop during it raise an alarm.</Typography>
      <ReasonInput label="What the registry wrote, and where" />
    </FormDialog>
  )
}

function CancelButton({
  maintenance: { id, registry_id, ends_at, canceled_at },
}: {
  maintenance: Maintenance
}) {
  const mayCancel = useMay('registries:set')
  const now = useNow(MINUTE_MS)
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const cancel = useAction<Reasoned, { id: string }>({
    send: (api, values) => api.post(`maintenances/${id}/cancel`, values),
    done: () => 'Maintenance cancelled.',
    onDone: close,
  })
  if (!mayCancel || canceled_at !== undefined || Date.parse(ends_at) <= now) return null
  return (
    <>
      <Button variant="outlined" color="error" sx={{ whiteSpace: 'nowrap' }} onClick={() => setOpen(true)}>
        Cancel maintenance
      </Button>
      {isOpen ? (
        <FormDialog<Reasoned>
          title={`Cancel the maintenance of ${registry_id}`}
          action="Cancel maintenance"
          tone="error"
          initial={{ reason: '' }}
          change={cancel}
          onClose={close}
        >
          <Typography>It does not take place.</Typography>
          <ReasonInput />
        </FormDialog>
      ) : null}
    </>
  )
}
