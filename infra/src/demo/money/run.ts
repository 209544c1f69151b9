import type { StaffContext } from '@droplock/core/context'
import type { SandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import type { Client, Schema } from '@droplock/sdk/client'
import type { Environment } from '../../environment/environment.ts'
import { waitUntil } from '../../processes/wait-until.ts'
import { readBackorder } from '../backorders.ts'
import { stepMsMax } from './settings.ts'

/** A reseller's account, and the gateway with its key. */
export type Customer = { readonly accountId: string; readonly client: Client }

/** What every step is given. */
export type Run = {
  readonly environment: Environment
  /** Has an empty balance and pays by card. */
  readonly buyer: Customer
  /** Pays from its balance. */
  readonly rich: Customer
  /** Both owe by the time the names drop. */
  readonly debtor: Customer
  readonly crowd: Customer
  readonly finance: StaffContext
  readonly approver: StaffContext
  /** Pays by card, and does what the cardholder's bank does. */
  readonly bank: SandboxControl
  readonly say: (line: string) => void
  readonly stop: AbortSignal
  /** What was ordered, by name. */
  readonly orders: Map<string, Ordered>
}

type Ordered = {
  readonly id: string
  readonly by: Customer
  readonly priceMinor: number
  /** Where it is paid by card. */
  readonly card?: CardPayment
}

/** A card payment: its id here, its id at the provider, and the secret with which it is paid. */
type CardPayment = { readonly paymentId: string; readonly providerId: string; readonly clientSecret: string }

/** One thing that money does: what is ordered before the names drop, and what is checked afterwards. */
export type Step = {
  /** Its name in the last line. */
  readonly figure: string
  readonly names: readonly (readonly [name: string, outcome: 'caught' | 'lost'])[]
  readonly before?: (run: Run) => Promise<void>
  /** How often it happened. Rejects when it did not. */
  readonly after: (run: Run) => Promise<number>
}

export async function orderFromBalance(run: Run, by: Customer, name: string): Promise<void> {
  const { id, price, state } = await by.client.post('/v1/backorders', { body: { name, payment: 'balance' } })
  expectThat(state === 'backordered', `${name} is ${state} after it was paid from the balance`)
  run.orders.set(name, { id, by, priceMinor: price.amount_minor })
}

/** Orders a name by card. It is held until it is paid. */
export async function orderByCard(run: Run, by: Customer, name: string): Promise<Ordered> {
  const { id, price, payment } = await by.client.post('/v1/backorders', { body: { name, payment: 'card' } })
  const ordered = { id, by, priceMinor: price.amount_minor, card: payableBy(payment) }
  run.orders.set(name, ordered)
  return ordered
}

/** What is needed to pay a payment. Throws where it cannot be paid by card. */
export function payableBy(payment: Schema<'Payment'> | undefined): CardPayment {
  const clientSecret = payment?.client_secret ?? ''
  const [providerId = ''] = clientSecret.split('_secret_')
  if (payment === undefined || providerId === '') throw new Error('a card payment cannot be paid')
  return { paymentId: payment.id, providerId, clientSecret }
}

/** Orders a name, pays, and waits until it is secured. */
export async function secureByCard(run: Run, by: Customer, name: string, card: string): Promise<void> {
  const { id } = await orderByCard(run, by, name)
  await run.bank.pay(cardOf(run, name), card)
  await until(run, `${name} is secured`, async () => {
    const { state } = await readBackorder(by.client, id)
    return state === 'backordered'
  })
}

export function orderOf(run: Run, name: string): Ordered {
  const ordered = run.orders.get(name)
  if (ordered === undefined) throw new Error(`${name} was not ordered`)
  return ordered
}

export function cardOf(run: Run, name: string): CardPayment {
  const { card } = orderOf(run, name)
  if (card === undefined) throw new Error(`${name} is not paid by card`)
  return card
}

/** The order of a name as its reseller sees it now. */
export function backorderOf(run: Run, name: string): Promise<Schema<'BackorderDetail'>> {
  const { id, by } = orderOf(run, name)
  return readBackorder(by.client, id)
}

export function paymentOf(run: Run, name: string): Promise<Schema<'PaymentDetail'>> {
  const { paymentId } = cardOf(run, name)
  return orderOf(run, name).by.client.get('/v1/payments/{id}', { params: { path: { id: paymentId } } })
}

export async function balanceMinor({ client }: Customer): Promise<number> {
  const { balance } = await client.get('/v1/balance')
  return balance.amount_minor
}

/** Waits for a result that the step cannot do without. */
export function until(
  { stop }: Pick<Run, 'stop'>,
  what: string,
  condition: () => Promise<boolean>,
): Promise<void> {
  return waitUntil(what, stepMsMax, stop, condition)
}

/** Throws `otherwise` where it does not hold. */
export function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}
