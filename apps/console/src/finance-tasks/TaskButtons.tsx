import { type FinanceTaskAction, financeTaskActions } from '@droplock/rules/finance-tasks'
import { Box, Button } from '@mui/material'
import { useState } from 'react'
import type { FinanceTask } from '../api/types.ts'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import { useAction } from '../parts/use-action.ts'
import { useMe } from '../parts/use-me.ts'
import { RetryDialog } from '../refunds/RetryDialog.tsx'
import { taskWords } from './task-words.ts'

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
