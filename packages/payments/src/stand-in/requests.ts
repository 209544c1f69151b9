import { evidenceFields } from '@droplock/rules/disputes/evidence'
import { behaviourByPaymentMethod } from '../processor/cards.ts'
import type { Action } from '../processor/records.ts'
import { apiErrors } from './errors.ts'

/** Stripe's requests: form-encoded, nested names in brackets (`metadata[payment_id]`, `created[gte]`, `expand[0]`). */
export type Form = {
  readonly names: readonly string[]
  get(name: string): string | undefined
  /** The members of a nested name. */
  under(name: string): Record<string, string>
}

export function readForm(text: string): Form {
  const pairs = [...new URLSearchParams(text)]
  const values = new Map(pairs)
  return {
    names: pairs.map(([name]) => name),
    get: (name) => values.get(name),
    under: (name) =>
      Object.fromEntries(
        pairs
          .filter(([key]) => key.startsWith(`${name}[`) && key.endsWith(']'))
          .map(([key, value]) => [key.slice(name.length + 1, -1), value]),
      ),
  }
}

/** The parameters of each operation. Others are refused, as Stripe does. */
const known = {
  createIntent: ['amount', 'currency', 'allowed_payment_method_types', 'metadata'],
  confirm: ['payment_method', 'return_url'],
  cancel: ['cancellation_reason'],
  refund: ['payment_intent', 'amount', 'metadata', 'reason'],
  listRefunds: ['payment_intent', 'limit', 'starting_after'],
  answerDispute: ['evidence', 'submit'],
  listPayouts: ['created', 'limit', 'starting_after'],
  listMovements: ['created', 'payout', 'limit', 'starting_after', 'expand'],
} as const

/** Eight digits. */
const AMOUNT_MAX = 99_999_999

/** Half a dollar, in any currency: close enough to Stripe's table for a test. */
const AMOUNT_MIN = 50

export function requireKnown(form: Form, operation: keyof typeof known): void {
  const allowed: readonly string[] = known[operation]
  const unknown = form.names.find((name) => !allowed.includes(name.split('[')[0] ?? name))
  if (unknown !== undefined) throw apiErrors.unknownParameter(unknown)
}

export function readCreateIntent(form: Form): Action {
  requireKnown(form, 'createIntent')
  const amount = readAmount(required(form, 'amount'))
  if (amount > AMOUNT_MAX) throw apiErrors.invalid('amount', 'amount_too_large')
  if (amount < AMOUNT_MIN) throw apiErrors.invalid('amount', 'amount_too_small')
  const currency = required(form, 'currency')
  if (!/^[a-z]{3}$/.test(currency)) throw apiErrors.invalid('currency', 'parameter_invalid_string')
  return {
    do: 'create_intent',
    amountMinor: String(amount),
    currency: currency.toUpperCase(),
    metadata: form.under('metadata'),
  }
}

export function readConfirm(form: Form, intentId: string): Action {
  requireKnown(form, 'confirm')
  const card = behaviourByPaymentMethod.get(required(form, 'payment_method'))
  if (card === undefined) throw apiErrors.missing('PaymentMethod', form.get('payment_method') ?? '')
  return { do: 'confirm', intentId, card }
}

export function readRefund(form: Form): Action {
  requireKnown(form, 'refund')
  const amount = form.get('amount')
  return {
    do: 'refund',
    intentId: required(form, 'payment_intent'),
    ...(amount === undefined ? {} : { amountMinor: String(readAmount(amount)) }),
    metadata: form.under('metadata'),
  }
}

/** Evidence that is only staged, without `submit`, is not needed here. */
export function readEvidence(form: Form, disputeId: string): Action {
  requireKnown(form, 'answerDispute')
  const evidence = form.under('evidence')
  const unknown = Object.keys(evidence).find((field) => !evidenceFields.some((name) => name === field))
  if (unknown !== undefined) throw apiErrors.unknownParameter(`evidence[${unknown}]`)
  if (form.get('submit') !== 'true') throw apiErrors.invalid('submit', 'parameter_invalid_boolean')
  return { do: 'submit_evidence', disputeId, evidence }
}

/** Stripe's pages have 1 to 100 items, 10 by default. */
export function readLimit(form: Form): number {
  const limit = Number(form.get('limit') ?? 10)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw apiErrors.invalid('limit', 'parameter_invalid_integer')
  }
  return limit
}

function readAmount(text: string): number {
  if (!/^[1-9]\d{0,11}$/.test(text)) throw apiErrors.invalid('amount', 'parameter_invalid_integer')
  return Number(text)
}

function required(form: Form, name: string): string {
  const value = form.get(name)
  if (value === undefined || value === '') throw apiErrors.missingParameter(name)
  return value
}
