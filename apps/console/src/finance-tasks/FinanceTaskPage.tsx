import { Box, Typography } from '@mui/material'
import type { FinanceTask } from '../api/types.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { linkTo } from '../parts/links.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { RecordPage } from '../parts/RecordPage.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { AgeText, MoneyText, TimeText } from '../parts/texts.tsx'
import { TaskButtons, taskWords } from './TaskButtons.tsx'

/** One task: what it is about, and what to do. */
export function FinanceTaskPage() {
  return (
    <RecordPage<FinanceTask> resource="finance-tasks" kind="Finance task">
      {(task) => (
        <Page
          title={taskWords[task.kind].what}
          beside={
            task.closed_at === undefined ? (
              <StateChip state="open" tone="warning" />
            ) : (
              <StateChip state="closed" />
            )
          }
          about={words(task.detail)}
          actions={<TaskButtons task={task} />}
        >
          {task.closed_at === undefined ? <NextStep task={task} /> : null}
          <Section title="Details">
            <TaskFacts task={task} />
          </Section>
        </Page>
      )}
    </RecordPage>
  )
}

function NextStep({ task }: { task: FinanceTask }) {
  return (
    <Box sx={{ mb: 2 }}>
      <Typography>
        {task.is_retry_proposed
          ? 'A retry is proposed. Another person has to approve it under Refunds.'
          : taskWords[task.kind].next}
      </Typography>
    </Box>
  )
}

function TaskFacts({ task }: { task: FinanceTask }) {
  const { opened_at, closed_at, closed_by, amount, name, account_name, account_id } = task
  return (
    <Facts
      facts={[
        ['Opened', <TimeText key="opened" at={opened_at} />],
        ['Open for', closed_at === undefined && <AgeText key="age" since={opened_at} />],
        ['Amount', amount && <MoneyText key="amount" amount={amount} />],
        ['Backorder', linkTo('backorders', task.backorder_id, name)],
        ['Refund', linkTo('refunds', task.refund_id, 'View refund')],
        ['Payment', linkTo('payments', task.payment_id, 'View payment')],
        ['Account', linkTo('accounts', account_id, account_name)],
        ['Closed', closed_at && <TimeText key="closed" at={closed_at} />],
        ['Closed by', closed_at && (closed_by?.name ?? 'System')],
        ['Resolution', task.note],
      ]}
    />
  )
}
