import { Typography } from '@mui/material'
import type { ScheduleChangeCounts, ScheduleChangeDetail } from '../api/types.ts'
import { counted } from '../format/words.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'

type ApplyDialogProps = {
  readonly id: string
  /** What the preview counted; absent of a change that continues. */
  readonly counts?: ScheduleChangeCounts | undefined
  readonly continues?: boolean
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Applies a draft, or continues a stopped change. */
export function ApplyDialog({ id, counts, continues = false, onClose, onDone }: ApplyDialogProps) {
  const apply = useAction<Reasoned, ScheduleChangeDetail>({
    send: (api, values) => api.post(`schedule-changes/${id}/apply`, values),
    done: () => 'The change is being applied.',
    onDone,
  })
  return (
    <FormDialog<Reasoned>
      title={continues ? 'Continue the change' : 'Apply the change'}
      action={continues ? 'Continue' : 'Apply'}
      initial={{ reason: '' }}
      change={apply}
      onClose={onClose}
    >
      <Typography>
        {counts === undefined
          ? ''
          : `${counted(counts.listings - counts.effects.unchanged - counts.effects.not_movable, 'listing')} will change. `}
        The worker applies it in batches, and you can stop it. A name that has changed since the preview is
        skipped.
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
