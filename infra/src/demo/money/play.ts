import type { StaffContext } from '@droplock/core/context'
import type { SandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { waitUntil } from '../../processes/wait-until.ts'
import type { Customer } from './customers.ts'
import { stepMsMax } from './settings.ts'
import type { MoneyStage } from './stage.ts'

/** What becomes of a name at its registry. */
type Fate = 'ours' | 'lost'

/** Everything a step plays with. */
export type Play = {
  readonly stage: MoneyStage
  /** Has an empty balance and pays by card. */
  readonly buyer: Customer
  /** Pays from its balance. */
  readonly rich: Customer
  /** Both owe by the time the names drop. */
  readonly debtor: Customer
  readonly crowd: Customer
  readonly finance: StaffContext
  readonly approver: StaffContext
  /** The payer, the bank and bad luck. */
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
  readonly card?: { readonly paymentId: string; readonly providerId: string; readonly clientSecret: string }
}

/** One thing that money does: what is ordered before the names drop, and what is found afterwards. */
export type Step = {
  /** Its number in the last line. */
  readonly figure: string
  readonly names: readonly (readonly [name: string, fate: Fate])[]
  readonly before?: (play: Play) => Promise<void>
  /** Its number: how often it happened. Rejects when it did not. */
  readonly after: (play: Play) => Promise<number>
}

export async function orderFromBalance(play: Play, by: Customer, name: string): Promise<void> {
  const { id, price, state } = await by.client.order(name, 'balance')
  expectThat(state === 'backordered', `${name} is ${state} after it was paid from the balance`)
  play.orders.set(name, { id, by, priceMinor: price.amount_minor })
}

/** Orders a name by card; nobody has paid yet. */
export async function orderByCard(play: Play, by: Customer, name: string): Promise<Ordered> {
  const { id, price, payment } = await by.client.order(name, 'card')
  const ordered = { id, by, priceMinor: price.amount_minor, card: payableBy(payment) }
  play.orders.set(name, ordered)
  return ordered
}

/** What a payer's browser has of a payment. Throws where nobody can pay it. */
export function payableBy(
  payment: { readonly id: string; readonly client_secret?: string | undefined } | undefined,
) {
  const clientSecret = payment?.client_secret ?? ''
  const [providerId = ''] = clientSecret.split('_secret_')
  if (payment === undefined || providerId === '') throw new Error('a card payment cannot be paid')
  return { paymentId: payment.id, providerId, clientSecret }
}

/** Orders a name, pays, and waits until it is secured. */
export async function secureByCard(play: Play, by: Customer, name: string, card: string): Promise<void> {
  const ordered = await orderByCard(play, by, name)
  await play.bank.pay(cardOf(play, name), card)
  await until(play, `${name} is secured`, async () => {
    const { state } = await by.client.backorder(ordered.id)
    return state === 'backordered'
  })
}

export function orderOf(play: Play, name: string): Ordered {
  const ordered = play.orders.get(name)
  if (ordered === undefined) throw new Error(`${name} was not ordered`)
  return ordered
}

/** The order's id of the payment, here and at the provider. */
export function cardOf(play: Play, name: string): NonNullable<Ordered['card']> {
  const { card } = orderOf(play, name)
  if (card === undefined) throw new Error(`${name} is not paid by card`)
  return card
}

/** Waits for a result that the step cannot do without. */
export function until({ stop }: Play, what: string, isSo: () => Promise<boolean>): Promise<void> {
  return waitUntil(what, stepMsMax, stop, isSo)
}

/** What a step promises. */
export function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}
