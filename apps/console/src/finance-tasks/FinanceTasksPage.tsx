import { financeTaskKinds } from '@droplock/rules/finance-tasks'
import { Typography } from '@mui/material'
import { DataTable } from 'react-admin'
import type { FinanceTask } from '../api/types.ts'
import { words } from '../format/words.ts'
import { ChoiceFilter } from '../parts/Filters.tsx'
import { AppLink, RowLink, recordLink } from '../parts/links.tsx'
import { Page } from '../parts/Page.tsx'
import { RecordTable } from '../parts/RecordTable.tsx'
import { MoneyText, NameText, Since, TimeText } from '../parts/texts.tsx'
import { TaskButtons, taskWords } from './TaskButtons.tsx'

const Column = DataTable.Col<FinanceTask>

/** The work list of finance, the oldest task first, with what to do about each. */
export function FinanceTasksPage() {
  return (
    <Page
      title="Finance tasks"
      about="Refunds, payments and disputes that need a person. The oldest task is listed first."
    >
      <RecordTable
        resource="finance-tasks"
        rowClick="show"
        controls={<Controls />}
        empty={{ title: 'No open tasks', text: 'Failed refunds and unexpected payments appear here.' }}
      >
        <Column
          label="Opened"
          render={({ opened_at, closed_at }) => <Since at={opened_at} isOpen={closed_at === undefined} />}
        />
        <Column label="Task" render={(task) => <What task={task} />} />
        <Column label="Concerns" render={(task) => <Subject task={task} />} />
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
        width={200}
      />
    </>
  )
}

function What({ task: { kind, detail } }: { task: FinanceTask }) {
  return (
    <>
      <RowLink>
        <span style={{ fontWeight: 550 }}>{taskWords[kind].what}</span>
      </RowLink>
      <Typography variant="caption" color="textSecondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
        {words(detail)}
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
        {account_id === undefined ? 'No matching account' : account_name}
      </Typography>
    </>
  )
}

function Next({ task }: { task: FinanceTask }) {
  if (task.closed_at !== undefined) {
    return (
      <>
        <TimeText at={task.closed_at} precision="minutes" />
        <Typography color="textSecondary">
          {task.closed_by?.name ?? 'System'}: {task.note}
        </Typography>
      </>
    )
  }
  if (task.is_retry_proposed) return <Typography color="textSecondary">Awaiting approval</Typography>
  return <TaskButtons task={task} />
}
