import { type RefundReason, refundReasons } from '@droplock/rules/refunds/decide-manual'
import {
  FormControl,
  FormControlLabel,
  FormHelperText,
  FormLabel,
  MenuItem,
  Radio,
  RadioGroup,
  TextField,
} from '@mui/material'
import { useState } from 'react'
import type { Refund } from '../api/types.ts'
import { words } from '../format/words.ts'

export type DestinationChoice = 'rule' | Refund['destination']

const choices: readonly (readonly [DestinationChoice, string])[] = [
  ['rule', 'Where the rule sends it'],
  ['balance', 'The balance'],
  ['original_payment', 'The card that paid'],
]

type DestinationFieldProps = {
  readonly value: DestinationChoice
  readonly onChange: (choice: DestinationChoice) => void
  /** What topped up is on the balance already. */
  readonly isTopUp?: boolean
}

/** Where the money of a card payment goes. Whether that is the rule's, the server tells under the account's lock. */
export function DestinationField({ value, onChange, isTopUp = false }: DestinationFieldProps) {
  const offered = choices.filter(([choice]) => !isTopUp || choice !== 'balance')
  return (
    <FormControl>
      <FormLabel id="refund-destination">Send it to</FormLabel>
      <RadioGroup
        row
        aria-labelledby="refund-destination"
        value={value}
        onChange={(_event, chosen) => onChange(choices.find(([each]) => each === chosen)?.[0] ?? 'rule')}
      >
        {offered.map(([choice, label]) => (
          <FormControlLabel key={choice} value={choice} label={label} control={<Radio size="small" />} />
        ))}
      </RadioGroup>
      <FormHelperText sx={{ mx: 0 }}>
        {isTopUp
          ? 'By the rule it goes to the card while the balance has all of it. On credit it is an exception, which another person has to approve.'
          : 'An account that owes has it credited to the balance; any other gets it back the way it paid. Anywhere else is an exception, which another person has to approve.'}
      </FormHelperText>
    </FormControl>
  )
}

/** Where the money of a refund goes, in words for a person who decides. For one from the balance both are the same place. */
export function destinationText({ destination, method }: Pick<Refund, 'destination' | 'method'>): string {
  if (method === 'balance') return 'the balance it was paid from'
  return destination === 'balance' ? 'the balance' : 'the card that paid'
}

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
