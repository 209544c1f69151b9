import {
  type FinanceTaskAction,
  type FinanceTaskKind,
  financeTaskActions,
} from '@droplock/rules/finance-tasks'
import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { FinanceTask } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction, useMe } from '../parts/hooks.ts'
import { RetryDialog } from '../refunds/RetryDialog.tsx'

/** The title of each kind of task, and what to do. */
export const taskWords: Readonly<Record<FinanceTaskKind, { readonly what: string; readonly next: string }>> =
  {
    refund_failed: {
      what: 'Refund failed',
      next: 'The customer is owed this amount. Retry the refund, or credit it to the balance.',
    },
    refund_stuck: {
      what: 'Refund not confirmed',
      next: 'The provider has not confirmed the refund and is asked again automatically. Look the refund up at the provider, then close this task with the result.',
    },
    payment_unexpected: {
      what: 'Unexpected payment',
      next: 'Compare the payment with the provider’s records, correct it there, then close this task with what was done.',
    },
    dispute_unexpected: {
      what: 'Unexpected dispute',
      next: 'Compare the dispute with the provider’s records, then close this task with how it was resolved.',
    },
  }

const labels: Readonly<Record<FinanceTaskAction, string>> = {
  retry: 'Retry',
  make_good: 'Credit balance',
  close: 'Close',
}

/** What this person may do about the task, by the table that the server decides with. */
export function TaskButtons({ task }: { task: FinanceTask }) {
  const me = useMe()
  const [chosen, setChosen] = useState<FinanceTaskAction>()
  if (me === undefined) return null
  const facts = {
    kind: task.kind,
    isOpen: task.closed_at === undefined,
    isRetryProposed: task.is_retry_proposed,
  }
  const actions = financeTaskActions(facts, me.roles)
  if (actions.length === 0) return null
  return (
    <Box
      sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}
      // In a row that leads to the task's page.
      onClick={(event) => event.stopPropagation()}
    >
      {actions.map((action, index) => (
        <Button
          key={action}
          variant={index === 0 ? 'contained' : 'outlined'}
          sx={{ whiteSpace: 'nowrap' }}
          onClick={() => setChosen(action)}
        >
          {labels[action]}
        </Button>
      ))}
      <Chosen task={task} action={chosen} onClose={() => setChosen(undefined)} />
    </Box>
  )
}

type ChosenProps = {
  readonly task: FinanceTask
  readonly action: FinanceTaskAction | undefined
  readonly onClose: () => void
}

function Chosen({ task, action, onClose }: ChosenProps) {
  if (action === 'close') return <CloseDialog task={task} onClose={onClose} />
  const { refund_id: id, amount, account_name = 'The customer' } = task
  if (action === undefined || id === undefined || amount === undefined) return null
  return (
    <RetryDialog
      refund={{ id, amount, account_name }}
      failure={task.detail}
      to={action === 'make_good' ? 'balance' : 'default'}
      onClose={onClose}
    />
  )
}

function CloseDialog({ task, onClose }: { task: FinanceTask; onClose: () => void }) {
  const close = useAction<Reasoned, FinanceTask>({
    send: (api, { reason }) => api.post(`finance-tasks/${task.id}/close`, { note: reason }),
    done: () => 'Task closed.',
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={`Close task: ${taskWords[task.kind].what.toLowerCase()}`}
      action="Close task"
      initial={{ reason: '' }}
      change={close}
      onClose={onClose}
    >
      <Typography>{taskWords[task.kind].next}</Typography>
      <ReasonInput label="Resolution" />
    </FormDialog>
  )
}
