import {
  type FinanceTaskAction,
  type FinanceTaskKind,
  financeTaskActions,
} from '@droplock/rules/finance-tasks'
import { Box, Button } from '@mui/material'
import { useState } from 'react'
import type { FinanceTask } from '../api/types.ts'
import { useAction, useMe } from '../parts/hooks.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { RetryDialog } from '../refunds/RetryDialog.tsx'

/** What each kind of task is, and what a person does about it. */
export const taskWords: Readonly<Record<FinanceTaskKind, { readonly what: string; readonly next: string }>> =
  {
    refund_failed: {
      what: 'Refund failed',
      next: 'The customer is owed it: send it again, or make it good on the balance.',
    },
    refund_stuck: {
      what: 'Refund without an answer',
      next: 'Look it up at the provider. It is still being asked; close this when you know.',
    },
    payment_unexpected: {
      what: 'Payment not as expected',
      next: 'Compare the payment with the provider’s books, put it right there, and say how.',
    },
    dispute_unexpected: {
      what: 'Dispute not as expected',
      next: 'Compare the dispute with the provider’s books, and say how it was settled.',
    },
  }

const labels: Readonly<Record<FinanceTaskAction, string>> = {
  retry: 'Retry',
  make_good: 'Make good on the balance',
  close: 'Close',
}

/** What this person may do about the task, by the table the server decides with. */
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
      to={action === 'make_good' ? 'balance' : 'rule'}
      onClose={onClose}
    />
  )
}

function CloseDialog({ task, onClose }: { task: FinanceTask; onClose: () => void }) {
  const close = useAction({
    send: (api, note: string) => api.post<FinanceTask>(`finance-tasks/${task.id}/close`, { note }),
    done: () => 'Task closed.',
    onDone: onClose,
  })
  return (
    <ReasonDialog
      title={`Close: ${taskWords[task.kind].what.toLowerCase()}`}
      label="How it was dealt with"
      action="Close"
      isSending={close.isPending}
      error={close.error}
      onConfirm={(note) => close.mutate(note)}
      onClose={onClose}
    >
      {taskWords[task.kind].next}
    </ReasonDialog>
  )
}
