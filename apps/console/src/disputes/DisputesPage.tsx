import { disputeStages } from '@droplock/rules/disputes/answer'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { Dispute } from '../api/types.ts'
import { disputeTones, evidenceTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { AccountFilter, SearchFilter } from '../parts/Filters.tsx'
import { useToday } from '../parts/hooks.ts'
import { RowLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { StateTabs } from '../parts/StateTabs.tsx'
import { MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { DueText } from './DueText.tsx'
import { reasonTexts } from './texts.ts'

const Column = DataTable.Col<Dispute>

/** Card payments that the cardholder's bank took back, those that need a response first. */
export function DisputesPage() {
  return (
    <Page
      title="Disputes"
      about="Card payments that the cardholder’s bank took back. Submit evidence before the deadline; the bank decides weeks later."
    >
      <RecordTable
        resource="disputes"
        sort={{ field: 'evidence_due_at', order: 'ASC' }}
        filterAtFirst={{ state: 'needs_response' }}
        rowClick="show"
        controls={<Controls />}
        empty={{ title: 'No disputes', text: 'A dispute appears here when the bank opens it.' }}
        emptyAtFirst={{ title: 'Nothing to answer', text: 'A dispute appears here when the bank opens it.' }}
      >
        <Column label="Payment" render={(dispute) => <Disputed dispute={dispute} />} />
        <Column
          label="State"
          render={({ state }) => <StateChip state={state} tone={disputeTones[state]} />}
        />
        <Column
          source="evidence_due_at"
          label="Evidence due"
          render={(dispute) => <DueText dispute={dispute} />}
        />
        <Column
          label="Our answer"
          render={({ evidence_state: of }) =>
            of === undefined ? '–' : <StateChip state={of} tone={evidenceTones[of]} />
          }
        />
        <Column label="Reason" render={({ reason }) => reasonTexts[reason]} />
        <Column
          source="opened_at"
          label="Opened"
          render={({ opened_at }) => <TimeText at={opened_at} precision="minutes" />}
        />
        <Column
          source="amount"
          label="Amount"
          align="right"
          render={({ amount }) => <MoneyText amount={amount} />}
        />
        <Column
          label="Taken from balance"
          align="right"
          render={({ debited }) => (debited.amount_minor === 0 ? '–' : <MoneyText amount={debited} />)}
        />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  const waiting = useToday().data?.waiting.open_disputes
  return (
    <>
      <StateTabs states={disputeStages} counts={waiting === undefined ? {} : { needs_response: waiting }} />
      <SearchFilter label="Name or ID" />
      <AccountFilter />
    </>
  )
}

function Disputed({ dispute: { name, purpose, account_name } }: { dispute: Dispute }) {
  return (
    <>
      <RowLink>{name === undefined ? words(purpose) : <NameText name={name} />}</RowLink>
      <Typography variant="caption" color="textSecondary" component="div">
        {account_name}
      </Typography>
    </>
  )
}
