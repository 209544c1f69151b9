import { type ReactNode } from 'react'
import type { DefaultValues } from 'react-hook-form'
import type { Account, AccountDetail } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { type EditedFields, StaleNotice, useVersionedEdit } from '../parts/Stale.tsx'

/** What people edit of an account, as text. */
const accountFields: EditedFields<AccountDetail> = [
  ['Name', ({ name }) => name],
  ['Credit limit', ({ credit_limit }) => moneyText(credit_limit)],
  ['Hold limit before the first paid order', (account) => String(account.open_holds_max_before_paid)],
  ['Hold limit after the first paid order', ({ open_holds_max }) => String(open_holds_max)],
  ['Watched names', ({ watches_max }) => String(watches_max)],
  ['Reads per minute', ({ reads_per_minute_max }) => String(reads_per_minute_max)],
  ['Other requests per minute', ({ claims_per_minute_max }) => String(claims_per_minute_max)],
  [
    'Notified of a balance below',
    ({ low_balance }) => (low_balance === undefined ? 'Never' : moneyText(low_balance)),
  ],
]

type AccountEditDialogProps<Values extends Reasoned> = {
  readonly account: AccountDetail
  readonly title: string
  readonly action?: string
  readonly initial: DefaultValues<Values>
  /** Where it is sent, below the account's path. */
  readonly path: string
  /** What was typed, as the API takes it, without version and reason. */
  readonly bodyOf: (values: Values) => object
  readonly done: (account: Account) => string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Edits an account for a reason. What another person changed meanwhile is shown, and what was typed stays. */
export function AccountEditDialog<Values extends Reasoned>(props: AccountEditDialogProps<Values>) {
  const { account, title, action = 'Save', initial, path, bodyOf, done, onClose, children } = props
  const { save, edit } = useVersionedEdit<Values, AccountDetail, Account>({
    record: account,
    path: `accounts/${account.id}`,
    code: 'precondition_failed',
    send: (api, values, version) =>
      api.post(`accounts/${account.id}/${path}`, { ...bodyOf(values), version, reason: values.reason }),
    done,
    onDone: onClose,
  })
  return (
    <FormDialog<Values>
      title={title}
      action={action}
      initial={initial}
      change={save}
      isReady={!edit.isStale}
      onClose={onClose}
    >
      {children}
      <ReasonInput />
      <StaleNotice edit={edit} fields={accountFields} />
    </FormDialog>
  )
}
