import { backorderStates, failureReasons } from '@droplock/contracts/common/words'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Backorder } from '../api/types.ts'
import { backorderTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { AccountFilter, ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { useToday, useZones } from '../parts/hooks.ts'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { MoneyText, NameText, TimeText, WindowText } from '../parts/texts.tsx'

const Column = DataTable.Col<Backorder>

export function BackordersPage() {
  return (
    <Page title="Backorders" about="Backorders of all accounts. Open one for its history.">
      <RecordTable
        resource="backorders"
        sort={{ field: 'created_at', order: 'DESC' }}
        rowClick="show"
        controls={<Controls />}
        empty={{
          title: 'No backorders yet',
          text: 'Backorders that customers place through the API appear here.',
        }}
      >
        <Column
          label="Name"
          render={({ name }) => (
            <RowLink>
              <NameText name={name} />
            </RowLink>
          )}
        />
        <Column label="State" render={(backorder) => <State backorder={backorder} />} />
        <Column
          label="Account, reference"
          render={({ account_name, reference }) => (
            <>
              {account_name}
              <Typography variant="caption" color="textSecondary" component="div">
                {reference}
              </Typography>
            </>
          )}
        />
        <Column label="Price" align="right" render={({ price }) => <MoneyText amount={price} />} />
        <Column
          source="created_at"
          label="Ordered"
          render={({ created_at }) => <TimeText at={created_at} precision="minutes" />}
        />
        <Column
          label="Drop window"
          render={({ drop_from, drop_to }) => (
            <WindowText from={drop_from} to={drop_to} precision="minutes" />
          )}
        />
        <Column
          label="Decided"
          render={({ decided_at }) =>
            decided_at === undefined ? '–' : <TimeText at={decided_at} precision="minutes" />
          }
        />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  return (
    <>
      <StateTabs states={backorderStates} counts={useToday().data?.backorders} />
      <SearchFilter label="Name" />
      <ChoiceFilter source="failure_reason" label="Failure reason" choices={failureReasons} />
      <ChoiceFilter source="zone" label="Zone" choices={useZones()} nameOf={(zone) => `.${zone}`} />
      <AccountFilter />
    </>
  )
}

function State({ backorder: { state, failure_reason, expired_reason } }: { backorder: Backorder }) {
  const reason = failure_reason ?? expired_reason
  return (
    <>
      <StateChip state={state} tone={backorderTones[state]} />
      {reason === undefined ? null : <span> · {words(reason).toLowerCase()}</span>}
    </>
  )
}
