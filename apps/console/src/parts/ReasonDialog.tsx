import { TextField } from '@mui/material'
import { type ReactNode, useState } from 'react'
import { SendDialog } from './SendDialog.tsx'

/** The server takes no longer reason. */
const reasonLengthMax = 500

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
  const { children, label = 'Reason', isOptional = false, isIncomplete = false } = props
  const [reason, setReason] = useState('')
  return (
    <SendDialog
      title={props.title}
      action={props.action}
      tone={props.tone ?? 'primary'}
      isReady={!isIncomplete && (isOptional || reason.trim() !== '')}
      maxWidth={props.wide === true ? 'md' : 'sm'}
      isSending={props.isSending}
      error={props.error}
      onSend={() => props.onConfirm(reason.trim())}
      onClose={props.onClose}
    >
      {children}
      <ReasonField value={reason} onChange={setReason} label={label} isOptional={isOptional} />
    </SendDialog>
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
