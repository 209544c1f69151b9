import { Typography } from '@mui/material'
import type { AccountDetail } from '../api/types.ts'
import { TextInput } from '../parts/Form.tsx'
import { AccountEditDialog } from './AccountEditDialog.tsx'

type DialogProps = { readonly account: AccountDetail; readonly onClose: () => void }

type WatchValues = { readonly watches: string; readonly reason: string }

export function WatchLimitDialog({ account, onClose }: DialogProps) {
  return (
    <AccountEditDialog<WatchValues>
      account={account}
      title={`Edit watch limit of ${account.name}`}
      initial={{ watches: String(account.watches_max), reason: '' }}
      path="watch-limit"
      bodyOf={({ watches }) => ({ watches_max: Number(watches) })}
      done={({ name }) => `Watch limit of ${name} changed.`}
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
    </AccountEditDialog>
  )
}

type RateValues = { readonly reads: string; readonly claims: string; readonly reason: string }

export function RateLimitsDialog({ account, onClose }: DialogProps) {
  const { name, reads_per_minute_max, claims_per_minute_max } = account
  return (
    <AccountEditDialog<RateValues>
      account={account}
      title={`Edit request limits of ${name}`}
      initial={{ reads: String(reads_per_minute_max), claims: String(claims_per_minute_max), reason: '' }}
      path="rate-limits"
      bodyOf={({ reads, claims }) => ({ reads_per_minute: Number(reads), claims_per_minute: Number(claims) })}
      done={(changed) => `Request limits of ${changed.name} changed.`}
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
    </AccountEditDialog>
  )
}

function isWhole(text: string): boolean {
  return /^[1-9]\d{0,7}$/.test(text.trim())
}
