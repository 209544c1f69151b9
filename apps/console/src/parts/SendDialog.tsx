import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material'
import type { ReactNode, SyntheticEvent } from 'react'
import { ProblemAlert } from './ProblemAlert.tsx'

type SendDialogProps = {
  readonly title: string
  readonly action: string
  readonly tone?: 'primary' | 'error'
  readonly isReady?: boolean
  readonly maxWidth?: 'sm' | 'md'
  readonly fullWidth?: boolean
  readonly isSending: boolean
  readonly error: unknown
  readonly onSend: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What a change needs, and the button that sends it. `ReasonDialog` asks for a reason too. */
export function SendDialog(props: SendDialogProps) {
  const { title, action, tone = 'primary', isReady = true, isSending, error, onSend, onClose } = props
  const { maxWidth = 'sm', fullWidth = false } = props
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isReady && !isSending) onSend()
  }
  return (
    <Dialog open onClose={onClose} maxWidth={maxWidth} fullWidth={fullWidth} aria-label={title}>
      <form onSubmit={submit}>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            {props.children}
            {error ? <ProblemAlert error={error} /> : null}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} color="inherit">
            Cancel
          </Button>
          <Button type="submit" variant="contained" color={tone} disabled={!isReady || isSending}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
