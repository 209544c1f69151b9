import { useListContext } from 'react-admin'
import type { LedgerMove } from '../api/types.ts'
import { AccountFilter, ChoiceFilter, ZoneFilter } from '../parts/Filters.tsx'
import { minorOf } from '../parts/Form.tsx'
import { PeriodFilter } from '../parts/Period.tsx'
import { ExactFilter } from './ExactFilter.tsx'

/** Typed here: the schemas are not part of the bundle. The compiler asks for each. */
const ledgerAccounts: Readonly<Record<LedgerMove['from'], true>> = {
  customer_balance: true,
  escrow: true,
  revenue: true,
  refunds_payable: true,
  unapplied_receipts: true,
  provider_clearing: true,
  bank_clearing: true,
  goodwill: true,
  provider_fees: true,
  currency_exchange: true,
}

const causes: Readonly<Record<LedgerMove['cause'], true>> = {
  top_up: true,
  top_up_reversed: true,
  receipt: true,
  secure: true,
  settle: true,
  refund: true,
  refund_paid: true,
  refund_returned: true,
  refund_expired: true,
  dispute: true,
  dispute_won: true,
  goodwill: true,
  provider_fee: true,
  payout: true,
  exchange_out: true,
  exchange_in: true,
}

export function LedgerFilters() {
  const { filterValues } = useListContext()
  const { currency, from } = filterValues
  return (
    <>
      <AccountFilter />
      <ChoiceFilter source="ledger_account" label="Ledger account" choices={keysOf(ledgerAccounts)} />
      <ExactFilter source="currency" label="Currency" valueOf={currencyOf} width={100} />
      <ChoiceFilter source="cause" label="Kind" choices={keysOf(causes)} />
      <ExactFilter
        source="amount_minor"
        label="Amount"
        valueOf={(typed) => amountOf(typed, currency)}
        isDisabled={typeof currency !== 'string'}
        width={120}
      />
      <ExactFilter source="id" label="Order, payment or refund ID" valueOf={idOf} width={300} />
      <PeriodFilter />
      {from === undefined ? null : <ZoneFilter />}
    </>
  )
}

function keysOf<Key extends string>(known: Readonly<Record<Key, true>>): readonly Key[] {
  return Object.keys(known).filter((key): key is Key => key in known)
}

function currencyOf(typed: string): string | undefined {
  const code = typed.toUpperCase()
  return /^[A-Z]{3}$/.test(code) ? code : undefined
}

/** In minor units of the currency that is filtered by. */
function amountOf(typed: string, currency: unknown): string | undefined {
  const minor = typeof currency === 'string' ? minorOf(typed, currency) : undefined
  return minor === undefined || minor === 0 ? undefined : String(minor)
}

function idOf(typed: string): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed) ? typed.toLowerCase() : undefined
}
