import { basisTexts, cautionTexts, unservedTexts } from '@droplock/rules/drop/unserved'
import { MenuItem, TextField, Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable } from 'react-admin'
import { useSearchParams } from 'react-router-dom'
import type { ServedName } from '../api/types.ts'
import { unservedCode, words } from '../format/words.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { useRegistries } from '../parts/hooks.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Nothing, Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { NameText, TimeText, WindowText } from '../parts/texts.tsx'
import { ServiceSummary } from './ServiceSummary.tsx'

const Column = DataTable.Col<ServedName>

/** The paid names that drop today and tomorrow at a registry, in the order in which they are served, and which of them are not. */
export function OrderOfServicePage() {
  const registries = useRegistries()
  const [address] = useSearchParams()
  const [chosen, setChosen] = useState(address.get('registry'))
  const registry = chosen ?? registries[0]?.id
  return (
    <Page
      title="Order of service"
      about="Paid names that drop until the end of tomorrow, by the time of their order. What is known now is taken to be so at the drop; rivals are not known."
    >
      {registry === undefined ? (
        <Nothing title="No registries yet">Registries are added with the command registry put.</Nothing>
      ) : (
        <OfRegistry
          key={registry}
          registry={registry}
          choice={
            <TextField
              select
              label="Registry"
              value={registry}
              onChange={({ target }) => setChosen(target.value)}
              sx={{ width: 210 }}
            >
              {registries.map(({ id }) => (
                <MenuItem key={id} value={id}>
                  {id}
                </MenuItem>
              ))}
            </TextField>
          }
        />
      )}
    </Page>
  )
}

function OfRegistry({ registry, choice }: { registry: string; choice: React.ReactNode }) {
  const resource = `registries/${encodeURIComponent(registry)}/order-of-service`
  return (
    <>
      <ServiceSummary resource={resource} />
      <RecordTable
        resource={resource}
        perPage={50}
        controls={
          <>
            {choice}
            <ChoiceFilter
              source="served"
              label="Served"
              choices={['false', 'true']}
              nameOf={servedWord}
              any="All names"
            />
          </>
        }
        empty={{
          title: 'No upcoming drops',
          text: 'No paid name of this registry drops until the end of tomorrow.',
        }}
      >
        <Column label="" render={({ position }) => position} />
        <Column label="Name" render={(name) => <Name name={name} />} />
        <Column
          label="Ordered"
          render={({ ordered_at }) => <TimeText at={ordered_at} precision="seconds" />}
        />
        <Column label="Released" render={(name) => <Released name={name} />} />
        <Column label="Place" render={(name) => <Place name={name} />} />
        <Column label="Expected" render={(name) => <Expected name={name} />} />
      </RecordTable>
    </>
  )
}

const servedWord = (served: string) => (served === 'true' ? 'Served' : 'Not served')

type Row = { readonly name: ServedName }

function Name({ name: { name, backorder_id } }: Row) {
  return (
    <AppLink to={recordLink('backorders', backorder_id)}>
      <NameText name={name} />
    </AppLink>
  )
}

function Released({ name: { release_at, drop_from, drop_to } }: Row) {
  if (release_at !== undefined) return <TimeText at={release_at} precision="seconds" />
  return <WindowText from={drop_from} to={drop_to} />
}

/** Its place among the names that are tried together, and how many of those the limits serve. */
function Place({ name: { place, sharing, capacity, basis } }: Row) {
  if (place === 0) return '–'
  return (
    <span title={basisTexts[basis]} style={{ whiteSpace: 'nowrap' }}>
      {place} of {sharing}
      <Caption>{capacity >= sharing ? 'all can be served' : `${capacity} can be served`}</Caption>
    </span>
  )
}

function Expected({ name: { reason, cautions, creates, late_seconds } }: Row) {
  return (
    <>
      <StateChip
        state={reason === undefined ? 'served' : unservedCode(reason)}
        tone={reason === undefined ? 'success' : 'error'}
      />
      {reason === undefined ? null : <Caption>{unservedTexts[reason]}</Caption>}
      {reason === undefined && creates > 1 ? <Caption>{`about ${creates} creates`}</Caption> : null}
      {late_seconds === undefined || late_seconds === 0 ? null : (
        <Caption>{`First create about ${late_seconds} s after its release`}</Caption>
      )}
      {cautions.map((caution) => (
        <Caption key={caution}>{`${words(caution)}: ${cautionTexts[caution]}`}</Caption>
      ))}
    </>
  )
}

function Caption({ children }: { children: string }) {
  return (
    <Typography variant="caption" color="textSecondary" component="div" sx={{ maxWidth: 420 }}>
      {children}
    </Typography>
  )
}
