import { Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import type { Account, AccountDetail } from '../api/types.ts'
import { countText, moneyText, typedAmount } from '../format/money.ts'
import { Facts } from '../parts/Facts.tsx'
import { AmountInput, minorOf, TextInput } from '../parts/Form.tsx'
import { useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { AccountEditDialog } from './AccountEditDialog.tsx'
import { holdLimitOf } from './AccountsPage.tsx'
import { RateLimitsDialog, WatchLimitDialog } from './RequestLimits.tsx'

/** The limits of an account, for those who may change them with a button. */
export function AccountLimits({ account }: { account: AccountDetail }) {
  const [chosen, setChosen] = useState<'credit' | 'holds' | 'watches' | 'rates'>()
  const maySetCredit = useMay('credit:set')
  const maySetHolds = useMay('holds:set')
  const mayManage = useMay('resellers:manage')
  const close = () => setChosen(undefined)
  const isClosed = account.state === 'closed'
  return (
    <Section title="Limits">
      <Facts
        narrow
        facts={[
          ['Credit limit', moneyText(account.credit_limit)],
          ['Unpaid holds', `${account.open_holds} of ${holdLimitOf(account)}`],
          ['Hold limit before the first paid order', account.open_holds_max_before_paid],
          ['Hold limit after the first paid order', account.open_holds_max],
          ['Watched names', `${countText(account.watches)} of ${countText(account.watches_max)}`],
          ['Reads per minute', countText(account.reads_per_minute_max)],
          ['Other requests per minute', countText(account.claims_per_minute_max)],
          ['Notified of a balance below', account.low_balance && moneyText(account.low_balance)],
        ]}
      />
      <Stack
        direction="row"
        sx={{ gap: 1, px: 2, pb: 1.5, flexWrap: 'wrap', '&:empty': { display: 'none' } }}
      >
        {maySetCredit && !isClosed ? (
          <Button variant="outlined" onClick={() => setChosen('credit')}>
            Edit credit limit
          </Button>
        ) : null}
        {maySetHolds && !isClosed ? (
          <Button variant="outlined" onClick={() => setChosen('holds')}>
            Edit hold limits
          </Button>
        ) : null}
        {mayManage && !isClosed ? (
          <>
            <Button variant="outlined" onClick={() => setChosen('watches')}>
              Edit watch limit
            </Button>
            <Button variant="outlined" onClick={() => setChosen('rates')}>
              Edit request limits
            </Button>
          </>
        ) : null}
      </Stack>
      {chosen === 'credit' ? <CreditDialog account={account} onClose={close} /> : null}
      {chosen === 'holds' ? <HoldsDialog account={account} onClose={close} /> : null}
      {chosen === 'watches' ? <WatchLimitDialog account={account} onClose={close} /> : null}
      {chosen === 'rates' ? <RateLimitsDialog account={account} onClose={close} /> : null}
    </Section>
  )
}

type DialogProps = { readonly account: AccountDetail; readonly onClose: () => void }

type CreditValues = { readonly limit: string; readonly reason: string }

function CreditDialog({ account, onClose }: DialogProps) {
  const { name, currency, credit_limit } = account
  return (
    <AccountEditDialog<CreditValues>
      account={account}
      title={`Edit credit limit of ${name}`}
      initial={{ limit: typedAmount(credit_limit), reason: '' }}
      path="credit-limit"
      bodyOf={({ limit }) => ({ limit_minor: minorOf(limit, currency) })}
      done={(changed) => `Credit limit of ${name} changed to ${moneyText(changed.credit_limit)}.`}
      onClose={onClose}
    >
      <AmountInput<CreditValues>
        name="limit"
        label="Credit limit"
        currency={currency}
        helperText="With 0, the account cannot owe money."
      />
      <DebtWarning account={account} />
    </AccountEditDialog>
  )
}

function DebtWarning({ account: { balance, currency } }: { account: Account }) {
  const limitMinor = minorOf(useWatch<CreditValues, 'limit'>({ name: 'limit' }), currency)
  if (limitMinor === undefined || balance.amount_minor + limitMinor >= 0) return null
  return (
    <Typography>
      The account owes more than that already. It cannot order from its balance until it has paid.
    </Typography>
  )
}

type HoldValues = { readonly before: string; readonly after: string; readonly reason: string }

function HoldsDialog({ account, onClose }: DialogProps) {
  return (
    <AccountEditDialog<HoldValues>
      account={account}
      title={`Edit hold limits of ${account.name}`}
      initial={{
        before: String(account.open_holds_max_before_paid),
        after: String(account.open_holds_max),
        reason: '',
      }}
      path="hold-limits"
      bodyOf={({ before, after }) => ({ before_paid: Number(before), after_paid: Number(after) })}
      done={({ name }) => `Hold limits of ${name} changed.`}
      onClose={onClose}
    >
      <Typography>An unpaid order blocks its name for everyone else. Keep these limits low.</Typography>
      <TextInput<HoldValues>
        name="before"
        deps={['after']}
        label="Unpaid holds before the first paid order"
        required
        isValid={isWhole}
        helperText="A whole number from 1"
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      />
      <TextInput<HoldValues>
        name="after"
        label="Unpaid holds after the first paid order"
        required
        isValid={(text, { before }) => isWhole(text) && Number(before) <= Number(text)}
        helperText="A whole number, at least as high as before"
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      />
    </AccountEditDialog>
  )
}

function isWhole(text: string): boolean {
  return /^[1-9]\d{0,3}$/.test(text.trim())
}
