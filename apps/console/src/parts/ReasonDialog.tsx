import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField } from '@mui/material'
import { type ReactNode, type SyntheticEvent, useState } from 'react'
import { ProblemAlert } from './ProblemAlert.tsx'

/** The server takes no longer reason. */
export const reasonLengthMax = 500

type ReasonDialogProps = {
  readonly title: string
  /** What the change does, before it is asked for. */
  readonly children?: ReactNode
  readonly label?: string
  /** Where the reason may be left out. */
  readonly isOptional?: boolean
  /** Something else that the change needs is still missing. */
  readonly isIncomplete?: boolean
  readonly action: string
  readonly wide?: boolean
  readonly tone?: 'primary' | 'error'
  readonly isSending: boolean
  readonly error: unknown
  readonly onConfirm: (reason: string) => void
  readonly onClose: () => void
}

/** Asks for the reason of a change. The audit keeps it; spaces are none. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, children, label = 'Reason', isOptional = false, isIncomplete = false } = props
  const { action, tone = 'primary' } = props
  const [reason, setReason] = useState('')
  const isReady = !isIncomplete && (isOptional || reason.trim() !== '')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isReady && !props.isSending) props.onConfirm(reason.trim())
  }
  return (
    <Dialog open onClose={props.onClose} maxWidth={props.wide === true ? 'md' : 'sm'} aria-label={title}>
      <form onSubmit={submit}>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            {children}
            <ReasonField value={reason} onChange={setReason} label={label} isOptional={isOptional} />
            {props.error ? <ProblemAlert error={props.error} /> : null}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose} color="inherit">
            Cancel
          </Button>
          <Button type="submit" variant="contained" color={tone} disabled={!isReady || props.isSending}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

type ReasonFieldProps = {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label?: string
  readonly isOptional?: boolean
}

/** The field alone, for dialogs that ask for more. */
export function ReasonField({ value, onChange, label = 'Reason', isOptional = false }: ReasonFieldProps) {
  return (
    <TextField
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      multiline
      minRows={2}
      required={!isOptional}
      helperText="Kept in the audit."
      slotProps={{ htmlInput: { maxLength: reasonLengthMax } }}
    />
  )
}
