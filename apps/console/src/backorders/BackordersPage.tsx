import { backorderStates, failureReasons } from '@droplock/contracts/common/words'
import { DataTable } from 'react-admin'
import type { Backorder } from '../api/types.ts'
import { backorderTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { AccountFilter } from '../parts/AccountFilter.tsx'
import { ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { MoneyText } from '../parts/MoneyText.tsx'
import { NameText } from '../parts/NameText.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { RowLink } from '../parts/RowLink.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { TimeText, WindowText } from '../parts/TimeText.tsx'
import { useZones } from '../parts/use-registries.ts'
import { useToday } from '../parts/use-today.ts'

const Column = DataTable.Col<Backorder>

export function BackordersPage() {
  return (
    <Page title="Backorders" about="Orders of all customers. A row leads to everything that happened to it.">
      <RecordTable
        resource="backorders"
        sort={{ field: 'created_at', order: 'DESC' }}
        rowClick="show"
        controls={<Controls />}
        empty={{ title: 'No backorders', text: 'Customers order through the API.' }}
      >
        <Column
          source="name"
          label="Name"
          render={({ name }) => (
            <RowLink>
              <NameText name={name} />
            </RowLink>
          )}
        />
        <Column source="state" label="State" render={(backorder) => <State backorder={backorder} />} />
        <Column
          label="Customer"
          cellSx={() => ({ whiteSpace: 'nowrap' })}
          render={(backorder) => backorder.account_name}
        />
        <Column label="Reference" render={({ reference }) => reference ?? '–'} />
        <Column
          source="price"
          label="Price"
          align="right"
          render={({ price }) => <MoneyText amount={price} />}
        />
        <Column
          source="created_at"
          label="Ordered"
          render={({ created_at }) => <TimeText at={created_at} precision="minutes" />}
        />
        <Column
          source="drop_from"
          label="Window"
          render={({ drop_from, drop_to }) => <WindowText from={drop_from} to={drop_to} />}
        />
        <Column
          source="decided_at"
          label="Decided"
          render={({ decided_at }) => (decided_at === undefined ? '–' : <TimeText at={decided_at} />)}
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
      <ChoiceFilter source="failure_reason" label="Failed because" choices={failureReasons} />
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
