import { type RefundReason, refundReasons } from '@droplock/rules/refunds/manual'
import { MenuItem, TextField } from '@mui/material'
import { useState } from 'react'
import { words } from '../format/words.ts'

export function useReasonCode() {
  return useState<RefundReason>('goodwill')
}

type ReasonCodeFieldProps = {
  readonly value: RefundReason
  readonly onChange: (code: RefundReason) => void
}

/** Why a person refunds, out of the closed list; the note says the rest. */
export function ReasonCodeField({ value, onChange }: ReasonCodeFieldProps) {
  return (
    <TextField
      select
      label="Reason"
      value={value}
      onChange={({ target }) => onChange(refundReasons.find((code) => code === target.value) ?? 'other')}
    >
      {refundReasons.map((code) => (
        <MenuItem key={code} value={code}>
          {words(code)}
        </MenuItem>
      ))}
    </TextField>
  )
}
