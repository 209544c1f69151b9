import { Typography } from '@mui/material'
import type { Account, AccountDetail } from '../api/types.ts'
import { FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'

type DialogProps = { readonly account: AccountDetail; readonly onClose: () => void }

type WatchValues = { readonly watches: string; readonly reason: string }

export function WatchLimitDialog({ account: { id, name, watches_max, version }, onClose }: DialogProps) {
  const save = useAction<WatchValues, Account>({
    send: (api, { watches, reason }) =>
      api.post(`accounts/${id}/watch-limit`, { watches_max: Number(watches), version, reason }),
    done: () => `Watch limit of ${name} changed.`,
    onDone: onClose,
  })
  return (
    <FormDialog<WatchValues>
      title={`Edit watch limit of ${name}`}
      action="Save"
      initial={{ watches: String(watches_max), reason: '' }}
      change={save}
      onClose={onClose}
    >
      <Typography>Names beyond a lower limit stay on the watch list; meanwhile none can be added.</Typography>
      <TextInput<WatchValues>
        name="watches"
        label="Watched names"
        required
        isValid={isWhole}
        helperText="A whole number from 1 to 100,000"
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      />
      <ReasonInput />
    </FormDialog>
  )
}

type RateValues = { readonly reads: string; readonly claims: string; readonly reason: string }

export function RateLimitsDialog({ account, onClose }: DialogProps) {
  const { id, name, reads_per_minute_max, claims_per_minute_max, version } = account
  const save = useAction<RateValues, Account>({
    send: (api, { reads, claims, reason }) =>
      api.post(`accounts/${id}/rate-limits`, {
        reads_per_minute: Number(reads),
        claims_per_minute: Number(claims),
        version,
        reason,
      }),
    done: () => `Request limits of ${name} changed.`,
    onDone: onClose,
  })
  return (
    <FormDialog<RateValues>
      title={`Edit request limits of ${name}`}
      action="Save"
      initial={{ reads: String(reads_per_minute_max), claims: String(claims_per_minute_max), reason: '' }}
      change={save}
      onClose={onClose}
    >
      <TextInput<RateValues>
        name="reads"
        label="Reads per minute"
        required
        isValid={isWhole}
        helperText="GET requests to the reseller API"
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      />
      <TextInput<RateValues>
        name="claims"
        label="Other requests per minute"
        required
        isValid={isWhole}
        helperText="Orders and all other changes"
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      />
      <ReasonInput />
    </FormDialog>
  )
}

function isWhole(text: string): boolean {
  return /^[1-9]\d{0,7}$/.test(text.trim())
}
