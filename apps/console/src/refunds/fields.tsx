import { type RefundReason, refundReasons } from '@droplock/rules/refunds/manual'
import {
  FormControl,
  FormControlLabel,
  FormHelperText,
  FormLabel,
  MenuItem,
  Radio,
  RadioGroup,
} from '@mui/material'
import { useController } from 'react-hook-form'
import type { Refund } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { TextInput } from '../parts/Form.tsx'

/** `default`: the server decides, under the account's lock. */
export type Destination = 'default' | Refund['destination']

const choices: readonly (readonly [Destination, string])[] = [
  ['default', 'Default destination'],
  ['balance', 'Account balance'],
  ['original_payment', 'Original card'],
]

/** Where the money of a card payment goes. A top-up cannot go to the balance: it is there already. */
export function DestinationInput({ isTopUp = false }: { isTopUp?: boolean }) {
  const { field } = useController<{ destination: Destination }>({ name: 'destination' })
  const offered = choices.filter(([choice]) => !isTopUp || choice !== 'balance')
  return (
    <FormControl>
      <FormLabel id="refund-destination">Destination</FormLabel>
      <RadioGroup row aria-labelledby="refund-destination" {...field}>
        {offered.map(([choice, label]) => (
          <FormControlLabel key={choice} value={choice} label={label} control={<Radio size="small" />} />
        ))}
      </RadioGroup>
      <FormHelperText sx={{ mx: 0 }}>
        {isTopUp
          ? 'The default is the original card, as long as the balance covers the refund. Beyond that it is an exception, which another person must approve.'
          : 'The default is the account balance if the account owes money, otherwise the original card. Any other destination is an exception, which another person must approve.'}
      </FormHelperText>
    </FormControl>
  )
}

/** The part of a request that names the destination. */
export function destinationOf(destination: Destination): { readonly destination?: Refund['destination'] } {
  return destination === 'default' ? {} : { destination }
}

/** Where the money of a refund goes. A payment from the balance goes back there. */
export function destinationText({ destination, method }: Pick<Refund, 'destination' | 'method'>): string {
  return method === 'balance' || destination === 'balance' ? 'Account balance' : 'Original card'
}

/** Shown when a refund was accepted by the server. */
export function sentText({ state, amount }: Refund): string {
  const text = moneyText(amount)
  if (state === 'proposed') return `Refund of ${text} proposed. Another person has to approve it.`
  return state === 'succeeded' ? `${text} credited to the balance.` : `${text} is on its way to the card.`
}

/** Why a person refunds. The note has the details. */
export function ReasonCodeInput() {
  return (
    <TextInput<{ reasonCode: RefundReason }> name="reasonCode" select label="Reason" required>
      {refundReasons.map((code) => (
        <MenuItem key={code} value={code}>
          {words(code)}
        </MenuItem>
      ))}
    </TextInput>
  )
}

/** `Manual, goodwill`: why there is a refund. */
export function causeText({ cause, reason_code }: Pick<Refund, 'cause' | 'reason_code'>): string {
  return reason_code === undefined ? words(cause) : `${words(cause)}, ${words(reason_code).toLowerCase()}`
}
