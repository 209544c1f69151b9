import { financeTaskKinds } from '@droplock/rules/finance-tasks'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { FinanceTask } from '../api/types.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { AppLink, RowLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { AgeText, MoneyText, NameText, TimeText } from '../parts/texts.tsx'
import { TaskButtons, taskWords } from './TaskButtons.tsx'

const Column = DataTable.Col<FinanceTask>

/** The work list of finance: what waits longest stands first, with what to do about it. */
export function FinanceTasksPage() {
  return (
    <Page
      title="Finance tasks"
      about="What the service could not settle by itself. The one that waits longest stands first."
    >
      <RecordTable
        resource="finance-tasks"
        rowClick="show"
        controls={<Controls />}
        empty={{ title: 'Nothing to do', text: 'Refunds that fail and payments that surprise us come here.' }}
      >
        <Column label="Waits" render={(task) => <Waits task={task} />} />
        <Column label="What" render={(task) => <What task={task} />} />
        <Column label="Of" render={(task) => <Subject task={task} />} />
        <Column
          label="Amount"
          align="right"
          render={({ amount }) => (amount === undefined ? '–' : <MoneyText amount={amount} />)}
        />
        <Column label="Next" render={(task) => <Next task={task} />} />
      </RecordTable>
    </Page>
  )
}

function Controls() {
  return (
    <>
      <ChoiceFilter source="state" label="State" choices={['closed']} any="Open" />
      <ChoiceFilter
        source="kind"
        label="Kind"
        choices={financeTaskKinds}
        nameOf={(kind) => taskWords[kind].what}
      />
    </>
  )
}

function Waits({ task: { opened_at, closed_at } }: { task: FinanceTask }) {
  if (closed_at !== undefined) return <TimeText at={closed_at} precision="minutes" />
  return (
    <strong>
      <AgeText since={opened_at} />
    </strong>
  )
}

function What({ task: { kind, detail } }: { task: FinanceTask }) {
  return (
    <>
      <RowLink>
        <span style={{ fontWeight: 550 }}>{taskWords[kind].what}</span>
      </RowLink>
      <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        {detail.replaceAll('_', ' ')}
      </Typography>
    </>
  )
}

function Subject({ task: { name, backorder_id, account_id, account_name } }: { task: FinanceTask }) {
  return (
    <>
      {name === undefined ? null : backorder_id === undefined ? (
        <NameText name={name} />
      ) : (
        <AppLink to={recordLink('backorders', backorder_id)}>
          <NameText name={name} />
        </AppLink>
      )}
      <Typography variant="caption" color="textSecondary" component="div">
        {account_id === undefined ? 'nobody of ours' : account_name}
      </Typography>
    </>
  )
}

function Next({ task }: { task: FinanceTask }) {
  if (task.closed_at !== undefined) {
    return (
      <Typography color="textSecondary">
        {task.closed_by?.name ?? 'the service'}: {task.note}
      </Typography>
    )
  }
  if (task.is_retry_proposed) return <Typography color="textSecondary">another person decides</Typography>
  return <TaskButtons task={task} />
}
