import { refundCauses, refundStates } from '@droplock/contracts/common/words'
import { Typography } from '@mui/material'
import { useState } from 'react'
import { DataTable, type RaRecord, useUnselectAll } from 'react-admin'
import type { Refund } from '../api/types.ts'
import { refundTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { Exports } from '../parts/Exports.tsx'
import { AccountFilter, ChoiceFilter, SearchFilter } from '../parts/Filters.tsx'
import { useMay, useToday } from '../parts/hooks.ts'
import { AppLink, RowLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { NameText, PartText, TimeText } from '../parts/texts.tsx'
import { ApproveAllMatching, ApproveSelected } from './ApproveMany.tsx'
import { BatchDialog, type Selection } from './BatchDialog.tsx'
import { causeText, destinationText } from './fields.tsx'
import { RefundButtons } from './RefundButtons.tsx'
import { RefundPeople } from './RefundPeople.tsx'
import { RefundQueue } from './RefundQueue.tsx'

const Column = DataTable.Col<Refund>

const isRowSelectable = ({ state }: RaRecord & { readonly state?: Refund['state'] }) => state === 'proposed'

export function RefundsPage() {
  const mayDecide = useMay('refunds:decide')
  const [chosen, setChosen] = useState<Selection>()
  const unselect = useUnselectAll('refunds')
  const close = (isDone: boolean) => {
    setChosen(undefined)
    if (isDone) unselect()
  }
  return (
    <Page
      title="Refunds"
      about="Failed backorders are refunded automatically. Propose a manual refund on the page of its backorder or payment; another person approves it."
    >
      <RefundQueue />
      <RecordTable
        resource="refunds"
        sort={{ field: 'created_at', order: 'DESC' }}
        rowClick="show"
        {...(mayDecide ? { bulkActions: <ApproveSelected onChoose={setChosen} />, isRowSelectable } : {})}
        controls={<Controls onChoose={setChosen} />}
        empty={{ title: 'No refunds yet', text: 'The first refund appears when a backorder fails.' }}
      >
        <Column
          source="created_at"
          label="Created"
          render={({ created_at }) => (
            <RowLink>
              <TimeText at={created_at} />
            </RowLink>
          )}
        />
        <Column label="Backorder" render={(refund) => <Subject refund={refund} />} />
        <Column
          source="amount"
          label="Amount"
          align="right"
          render={({ amount, paid }) => <PartText part={amount} whole={paid} />}
        />
        <Column label="State" render={({ state }) => <StateChip state={state} tone={refundTones[state]} />} />
        <Column label="Reason" render={(refund) => <Reason refund={refund} />} />
        <Column label="Destination" render={(refund) => <Destination refund={refund} />} />
        <Column label="People" render={(refund) => <RefundPeople refund={refund} />} />
        <Column label="" render={(refund) => <RefundButtons refund={refund} />} />
      </RecordTable>
      {chosen === undefined ? null : <BatchDialog selection={chosen} onClose={close} />}
      <Exports names={['refunds']} />
    </Page>
  )
}

function Controls({ onChoose }: { onChoose: (selection: Selection) => void }) {
  const waiting = useToday().data?.waiting.proposed_refunds
  return (
    <>
      <StateTabs states={refundStates} counts={waiting === undefined ? {} : { proposed: waiting }} />
      <SearchFilter label="Name" />
      <AccountFilter />
      <ChoiceFilter source="cause" label="Cause" choices={refundCauses} />
      <PeriodFilter />
      <ApproveAllMatching onChoose={onChoose} />
    </>
  )
}

function Subject({ refund: { backorder_id, name, account_name } }: { refund: Refund }) {
  const text = name === undefined ? 'No backorder' : <NameText name={name} />
  return (
    <>
      {backorder_id === undefined ? (
        text
      ) : (
        <AppLink to={recordLink('backorders', backorder_id)}>{text}</AppLink>
      )}
      <Typography variant="caption" color="textSecondary" component="div">
        {account_name}
      </Typography>
    </>
  )
}

function Destination({ refund }: { refund: Refund }) {
  const { by_rule, failure, state } = refund
  return (
    <>
      {destinationText(refund)}
      {by_rule ? null : (
        <Typography variant="caption" color="warning" component="div">
          Exception
        </Typography>
      )}
      {state === 'failed' && failure !== undefined ? (
        <Typography variant="caption" color="textSecondary" component="div">
          {words(failure)}
        </Typography>
      ) : null}
    </>
  )
}

function Reason({ refund }: { refund: Refund }) {
  const { note } = refund
  return (
    <>
      {causeText(refund)}
      {note === undefined ? null : (
        <Typography
          variant="caption"
          color="textSecondary"
          component="div"
          sx={{ maxWidth: 280, overflowWrap: 'anywhere' }}
        >
          {note}
        </Typography>
      )}
    </>
  )
}
