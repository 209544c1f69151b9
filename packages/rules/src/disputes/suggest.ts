import { formatMoney, type Money } from '../money.ts'
import type { Evidence } from './evidence.ts'

/** What our rows say about the payment of a dispute. Times are instants; names are A-labels. */
export type CaseFacts = {
  readonly purpose: 'backorder' | 'renewal' | 'top_up'
  readonly paid: Money
  readonly accountName: string
  readonly customer?:
    | { readonly name: string; readonly email: string; readonly address: string; readonly country: string }
    | undefined
  readonly name?: string | undefined
  readonly reference?: string | undefined
  readonly orderedAt?: Date | undefined
  readonly paidAt?: Date | undefined
  /** Of our creates for the name. */
  readonly attempts?: { readonly count: number; readonly firstAt: Date; readonly lastAt: Date } | undefined
  /** When the registry registered or renewed the name for the customer. */
  readonly deliveredAt?: Date | undefined
  readonly failedReason?: string | undefined
  readonly invoices: readonly string[]
  readonly refunds: readonly {
    readonly amount: Money
    readonly state: string
    readonly destination: 'balance' | 'original_payment'
    readonly at: Date
  }[]
}

/** The answer that our records give, for a person to correct and complete. */
export function suggestEvidence(facts: CaseFacts): Evidence {
  const { customer, deliveredAt, paidAt } = facts
  return {
    product_description: productOf(facts),
    ...((deliveredAt ?? paidAt) ? { service_date: dayOf(deliveredAt ?? paidAt) } : {}),
    ...(customer === undefined
      ? { customer_name: facts.accountName }
      : {
          customer_name: customer.name,
          customer_email_address: customer.email,
          billing_address: `${customer.address}\n${customer.country}`,
        }),
    access_activity_log: historyOf(facts).join('\n'),
    ...(facts.purpose === 'top_up'
      ? {}
      : {
          cancellation_policy_disclosure:
            'An order is final once it is paid: the name is reserved for this customer alone from then on. Our terms and the API documentation say so before the order.',
          refund_policy_disclosure:
            'An order that fails is refunded in full and automatically. There is no refund for one that succeeded.',
        }),
    ...refusalOf(facts),
    ...receiptsOf(facts),
  }
}

function productOf({ purpose, name, paid }: CaseFacts): string {
  const price = formatMoney(paid)
  if (purpose === 'top_up')
    return `Prepayment of ${price} to the customer’s account, from which orders of domain names are paid.`
  if (purpose === 'renewal') return `Renewal of the registration of the domain name ${name} for ${price}.`
  return `Backorder of the domain name ${name} at the fixed price of ${price}: we register the name for the customer, for one year, when its deleted registration is released.`
}

function historyOf(facts: CaseFacts): readonly string[] {
  const { name, reference, orderedAt, paidAt, attempts, deliveredAt, failedReason, purpose } = facts
  const of = reference === undefined ? '' : ` under the customer’s own reference ${reference}`
  const lines: (readonly [Date | undefined, string])[] = [
    [orderedAt, `ordered by the customer with the API key of the account${of}`],
    [paidAt, `paid by card: ${formatMoney(facts.paid)}`],
    [attempts?.firstAt, `first of ${attempts?.count} registration commands sent to the registry`],
    [attempts?.lastAt, 'last registration command sent'],
    [
      deliveredAt,
      `${name} ${purpose === 'renewal' ? 'renewed' : 'registered'} for the customer, by the registry’s own time`,
    ],
    ...facts.refunds.map(
      ({ at, amount, state, destination }) =>
        [at, `refund of ${formatMoney(amount)} to ${places[destination]}: ${state}`] as const,
    ),
  ]
  const dated = lines
    .flatMap(([at, text]) => (at === undefined ? [] : [{ at, text }]))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, text }) => `${instantOf(at)}  ${text}`)
  return failedReason === undefined ? dated : [...dated, `The order failed: ${failedReason}.`]
}

const places = { balance: 'the account balance', original_payment: 'the card' } as const

function refusalOf({ deliveredAt, name, purpose, refunds }: CaseFacts): Evidence {
  if (deliveredAt !== undefined) {
    const done = purpose === 'renewal' ? 'renewed' : 'registered'
    return {
      refund_refusal_explanation: `The service was provided: ${name} was ${done} at ${instantOf(deliveredAt)} and belongs to the customer. The public registration data (RDAP) shows the same time.`,
    }
  }
  const paidBack = refunds.find(({ state }) => state === 'succeeded')
  if (paidBack === undefined) return {}
  return {
    refund_refusal_explanation: `${formatMoney(paidBack.amount)} was refunded to ${places[paidBack.destination]} at ${instantOf(paidBack.at)}.`,
  }
}

function receiptsOf({ invoices }: CaseFacts): Evidence {
  return invoices.length === 0
    ? {}
    : { uncategorized_text: `Invoices issued to the customer: ${invoices.join(', ')}.` }
}

function instantOf(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

function dayOf(at: Date | undefined): string {
  return at === undefined ? '' : at.toISOString().slice(0, 10)
}
