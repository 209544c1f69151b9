import { listHeader, listLine, putList } from '../../../src/environment/lists.ts'
import { simulatorAt } from '../../../src/environment/simulator.ts'
import { listFolder } from '../../../src/environment/specs.ts'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import { cards } from '../../../src/seed/accounts.ts'
import { type Customer, registryId, type Stage, zone } from './stage.ts'

/** The life of a few names, from the list that announces them to the last webhook. In this order. */
export const phases = ['publish', 'place', 'pay', 'drop', 'refund', 'deliver'] as const
export type Phase = (typeof phases)[number]

/** The names of a round: by how they are paid, and who catches them. */
const kinds = ['balance', 'card', 'lost', 'lost-card'] as const
type Kind = (typeof kinds)[number]

export type Round = {
  readonly index: number
  readonly names: Readonly<Record<Kind, string>>
  /** Does what begins a phase, and waits until the phase is over. */
  readonly run: (phase: Phase) => Promise<void>
}

type RoundOptions = {
  /** The list comes from an operator and not from the folder. */
  readonly isUploaded?: boolean
  /** Of the price, of the card payment whose name was caught. */
  readonly refundPercent?: number
}

const HOUR_MS = 3_600_000
/** From the second list to the drop: its publication, and an `info` for each name. */
const DROP_AHEAD_MS = 3_500
/** Names to be lost are released this long before the announced time. */
const LOST_AHEAD_MS = 1_500
const LOOK_MS = 50
const SECRET_MS_MAX = 60_000

/** Of the answer to an order by card. */
type Placed = {
  readonly price: { readonly amount_minor: number }
  readonly payment?: { readonly id: string; readonly client_secret?: string }
}

type Paid = { readonly paymentId: string; readonly priceMinor: number }

export function makeRound(
  stage: Stage,
  index: number,
  { isUploaded = false, refundPercent = 100 }: RoundOptions = {},
): Round {
  const names = Object.fromEntries(kinds.map((kind) => [kind, `${kind}-${index}.${zone}`])) as Round['names']
  const card = new Map<string, Paid>()
  const [buyer] = stage.customers
  const over = (what: string, condition: () => Promise<boolean>) => untilTrue(stage, what, condition)
  const work: Readonly<Record<Phase, () => Promise<void>>> = {
    publish: async () => {
      await announce(stage, names, 2 * index + 1, new Date(Date.now() + HOUR_MS), isUploaded)
      await over('all names are open for orders', () => areOpen(stage, names))
    },
    place: async () => {
      await Promise.all([
        ...(['balance', 'lost'] as const).flatMap((kind) =>
          stage.customers.map((customer) => place(stage, customer, names[kind], 'balance')),
        ),
        ...(['card', 'lost-card'] as const).map((kind) => place(stage, buyer, names[kind], 'card')),
      ])
    },
    pay: async () => {
      for (const kind of ['card', 'lost-card'] as const)
        card.set(kind, await payByCard(stage, buyer, names[kind]))
      await over('what was paid is secured', () => areAll(stage, names, ['backordered']))
    },
    drop: async () => {
      await drop(stage, names, 2 * index + 2)
      await over('every order is decided', () => areAll(stage, names, ['successful', 'failed']))
      await over('what was lost is refunded', () => areRefunded(stage, names, 2))
    },
    refund: async () => {
      const paid = card.get('card')
      if (paid === undefined) throw new Error('nothing was paid by card')
      await stage.operators.refund(paid.paymentId, Math.floor((paid.priceMinor * refundPercent) / 100))
      await over('every refund is paid', () => areRefunded(stage, names, 3))
    },
    deliver: async () => {
      const { endpointId } = buyer
      const path = `/v1/webhook-endpoints/${endpointId}/test`
      await stage.history.call(buyer, { what: 'test webhook', path, body: {} })
      await over('every event is delivered', () => areDelivered(stage))
    },
  }
  return {
    index,
    names,
    run: (phase) => work[phase](),
  }
}

async function untilTrue(
  { patienceMs }: Stage,
  what: string,
  condition: () => Promise<boolean>,
): Promise<void> {
  // The database is away for moments.
  const holds = () => condition().catch(() => false)
  if (!(await holdsWithin({ everyMs: LOOK_MS, msMax: patienceMs }, holds)))
    throw new Error(`not within ${patienceMs / 1_000} s: ${what}`)
}

async function announce(
  stage: Stage,
  names: Round['names'],
  number: number,
  purgeAt: Date,
  isUploaded: boolean,
): Promise<void> {
  const lines = Object.values(names).map((name) => listLine(name, purgeAt))
  if (isUploaded)
    return stage.operators.upload(registryId, `${number}_domain-drop-list.csv`, listHeader + lines.join(''))
  await putList(listFolder(stage.environment.folder, registryId), number, lines)
}

async function drop(stage: Stage, names: Round['names'], number: number): Promise<void> {
  const purgeAt = new Date(Date.now() + DROP_AHEAD_MS)
  const planned = kinds.map((kind) =>
    kind.startsWith('lost')
      ? {
          name: names[kind],
          purgeAt: new Date(purgeAt.getTime() - LOST_AHEAD_MS),
          ending: 'contested_at_once' as const,
        }
      : { name: names[kind], purgeAt, ending: 'uncontested' as const },
  )
  await simulatorAt(stage.environment.urlOf('registry-sim')).load(registryId, planned, false)
  await announce(stage, names, number, purgeAt, false)
}

async function place(
  { history }: Stage,
  customer: Customer,
  name: string,
  payment: 'balance' | 'card',
): Promise<void> {
  await history.call(customer, { what: 'place', name, path: '/v1/backorders', body: { name, payment } })
}

/**
 * The customer's browser pays at the provider, with what the order was answered. While the provider did not answer, the order has no
 * secret yet, and the payment is read until it has.
 */
async function payByCard({ history, bank }: Stage, by: Customer, name: string): Promise<Paid> {
  const call = history.calls.find((each) => each.name === name)
  const order = call?.settled.body as unknown as Placed | undefined
  if (order?.payment === undefined)
    throw new Error(`${name} cannot be paid by card: ${JSON.stringify(call?.settled)}`)
  let secret = order.payment.client_secret
  await holdsWithin({ everyMs: LOOK_MS, msMax: SECRET_MS_MAX }, async () => {
    const payment = await history.read(by, `/v1/payments/${order.payment?.id}`)
    secret ??= payment?.['client_secret'] as string | undefined
    return secret !== undefined
  })
  if (secret === undefined) throw new Error(`the payment of ${name} has no secret`)
  const [providerId = ''] = secret.split('_secret_')
  await bank.pay({ providerId, clientSecret: secret }, cards.good)
  return { paymentId: order.payment.id, priceMinor: order.price.amount_minor }
}

async function areOpen({ ctx }: Stage, names: Round['names']): Promise<boolean> {
  const open = await ctx.db
    .selectFrom('listing')
    .select('name')
    .where('name', 'in', Object.values(names))
    .where('state', '=', 'open')
    .execute()
  return open.length === kinds.length
}

async function areAll(
  { ctx }: Stage,
  names: Round['names'],
  states: readonly ('backordered' | 'successful' | 'failed')[],
): Promise<boolean> {
  const orders = await ctx.db
    .selectFrom('backorder')
    .select('state')
    .where('name', 'in', Object.values(names))
    .where('state', 'in', [...states])
    .execute()
  return orders.length === kinds.length
}

async function areRefunded({ ctx }: Stage, names: Round['names'], count: number): Promise<boolean> {
  const refunds = await ctx.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .innerJoin('backorder', 'backorder.id', 'payment.backorder_id')
    .select('refund.state')
    .where('backorder.name', 'in', Object.values(names))
    .execute()
  return refunds.length === count && refunds.every(({ state }) => state === 'succeeded')
}

async function areDelivered({ ctx }: Stage): Promise<boolean> {
  const unnumbered = await ctx.db
    .selectFrom('event')
    .select('id')
    .where('position', 'is', null)
    .limit(1)
    .execute()
  const pending = await ctx.db
    .selectFrom('event_delivery')
    .select('id')
    .where('state', '=', 'pending')
    .limit(1)
    .execute()
  return unnumbered.length === 0 && pending.length === 0
}
