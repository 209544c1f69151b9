import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material'
import type { ReactNode, SyntheticEvent } from 'react'
import { ProblemAlert } from './ProblemAlert.tsx'

type SendDialogProps = {
  readonly title: string
  readonly action: string
  readonly tone?: 'primary' | 'error'
  readonly isReady?: boolean
  readonly maxWidth?: 'sm' | 'md'
  /** Meanwhile it stays open: whoever sent it sees what came of it. */
  readonly isSending: boolean
  readonly error: unknown
  readonly onSend: () => void
  readonly onClose: () => void
  /** Another button, beside the one that sends. */
  readonly beside?: ReactNode
  readonly children: ReactNode
}

/** What a change needs, and the button that sends it. `ReasonDialog` asks for a reason too. */
export function SendDialog(props: SendDialogProps) {
  const { title, action, tone = 'primary', isReady = true, isSending, error, onSend, onClose } = props
  const { maxWidth = 'sm' } = props
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isReady && !isSending) onSend()
  }
  return (
    <Dialog open onClose={isSending ? undefined : onClose} maxWidth={maxWidth} aria-label={title}>
      <form onSubmit={submit}>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            {props.children}
            {error ? <ProblemAlert error={error} /> : null}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} color="inherit" disabled={isSending}>
            Cancel
          </Button>
          {props.beside}
          <Button type="submit" variant="contained" color={tone} disabled={!isReady || isSending}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
