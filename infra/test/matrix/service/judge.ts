import { readInvariants } from '@droplock/core/invariants'
import { isSigned } from '../../../../apps/worker/test/support/hook-server.ts'
import { ourClid } from '../../../src/environment/registries.ts'
import { type DropPlan, simulatorAt, type Truth } from '../../../src/environment/simulator.ts'
import { type Buyer, registryId, type World } from './world.ts'

/** A name of a round: who orders it, and what its registry does with it. */
export type Planned = {
  readonly name: string
  readonly buyers: readonly Buyer[]
  readonly ending: DropPlan['ending']
}

/** What a buyer was answered in the end: the id of the order, or the code of the refusal. */
export type Answered = {
  readonly name: string
  readonly buyer: Buyer
  readonly id?: string
  readonly code?: string
}

/** Whether every order of the round ended as its registry has it, with its money, and its events; and what all books say. In words. */
export async function judgeRound(
  world: World,
  names: readonly Planned[],
  answered: readonly Answered[],
): Promise<readonly string[]> {
  const orders = await readOrders(world, names)
  const truths = await simulatorAt(world.environment.urlOf('registry-sim')).truth(registryId)
  const truthOf = new Map(truths.map((truth) => [truth.name, truth]))
  const { invariants } = await readInvariants(world.ctx)
  return [
    ...names.flatMap(({ name }) => wrongOrders(name, orders, answered)),
    ...orders.flatMap((order) => wrongEnd(order, truthOf.get(order.name))),
    ...orders.flatMap(wrongRefund),
    ...(await wrongRefundsAtProvider(world, orders)),
    ...(await wrongEvents(world, orders)),
    ...(await wrongDeliveries(world)),
    ...invariants
      .filter(({ violations }) => violations > 0)
      .map(({ name, violations }) => `${name}: ${violations}`),
  ]
}

type Order = Awaited<ReturnType<typeof readOrders>>[number]

async function readOrders({ ctx }: World, names: readonly Planned[]) {
  const wanted = names.map(({ name }) => name)
  const rows = await ctx.db
    .selectFrom('backorder')
    .innerJoin('payment', 'payment.backorder_id', 'backorder.id')
    .select(['backorder.id', 'backorder.name', 'backorder.account_id', 'backorder.state', 'failure_reason'])
    .select(['backorder.price_minor', 'settled_at', 'payment.id as paymentId', 'payment.method'])
    .select('payment.provider_id')
    .where('backorder.name', 'in', wanted)
    .execute()
  const refunds = await ctx.db
    .selectFrom('refund')
    .select(['payment_id', 'state', 'amount_minor', 'destination', 'provider_refund_id'])
    .where(
      'payment_id',
      'in',
      rows.map(({ paymentId }) => paymentId),
    )
    .execute()
  return rows.map((row) => ({
    ...row,
    refunds: refunds.filter(({ payment_id: paymentId }) => paymentId === row.paymentId),
  }))
}

/** Who was answered that a name is theirs has it, once; everybody else was answered that it is taken. */
function wrongOrders(
  name: string,
  orders: readonly Order[],
  answered: readonly Answered[],
): readonly string[] {
  const has = orders.filter((order) => order.name === name)
  const answers = answered.filter((answer) => answer.name === name)
  const winners = answers.filter(({ id }) => id !== undefined)
  const wrong = answers.flatMap(({ id, code }) =>
    id === undefined && code !== 'name_taken' ? [`${name} was refused with ${code}`] : [],
  )
  if (has.length !== 1) wrong.push(`${name} has ${has.length} orders`)
  if (winners.length !== 1) wrong.push(`${winners.length} were answered that ${name} is theirs`)
  if (winners[0] !== undefined && has.every(({ id }) => id !== winners[0]?.id))
    wrong.push(`${name} was acknowledged as ${winners[0].id} and is not there`)
  return wrong
}

/** Names are free only for a moment: whoever has them has them from then on. */
function wrongEnd({ name, state, failure_reason: reason, settled_at: at }: Order, truth: Truth | undefined) {
  if (truth === undefined) return [`the registry never held ${name}`]
  const is = state === 'successful' ? `successful ${at?.toISOString()}` : `${reason ?? state}`
  const should = endOf(truth)
  const created = truth.arrivals.filter(({ clID, code }) => clID === ourClid && code === 1000).length
  return [
    ...(is === should ? [] : [`${name} is ${is}, and should be ${should}`]),
    ...(created > 1 ? [`${name} was created ${created} times`] : []),
  ]
}

function endOf({ winner }: Truth): string {
  if (winner === null) return 'caught, for it was free to the end'
  return winner.clID === ourClid ? `successful ${winner.crDate}` : 'lost'
}

/** A failure is refunded once, in full, to where it was paid from; a win never is. */
function wrongRefund({ name, state, method, price_minor: price, refunds }: Order): readonly string[] {
  if (state === 'successful') return refunds.length === 0 ? [] : [`${name} is ours and was refunded`]
  const [refund] = refunds
  if (refunds.length !== 1 || refund === undefined) return [`${name} was refunded ${refunds.length} times`]
  const isWhole = refund.state === 'succeeded' && refund.amount_minor === price
  // What was paid from the balance has that as its original payment.
  const isThere = refund.destination === 'original_payment' || method === 'balance'
  return isWhole && isThere
    ? []
    : [`${name} was refunded: ${refund.state} of ${refund.amount_minor} to ${refund.destination}`]
}

async function wrongRefundsAtProvider(
  { environment: { sandbox } }: World,
  orders: readonly Order[],
): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const { name, method, provider_id: payment, refunds } of orders) {
    if (method !== 'card' || payment === null) continue
    const response = await fetch(`${sandbox.url}/v1/refunds?${new URLSearchParams({ payment })}`, {
      headers: { authorization: `Bearer ${sandbox.apiKey}` },
    })
    const { refunds: theirs } = (await response.json()) as { readonly refunds: readonly unknown[] }
    if (theirs.length !== refunds.length)
      wrong.push(`${name} has ${theirs.length} refunds at the provider, and ${refunds.length} here`)
  }
  return wrong
}

/** Every order has each of its events once, and the positions of all have no gap. */
async function wrongEvents({ ctx }: World, orders: readonly Order[]): Promise<readonly string[]> {
  const events = await ctx.db.selectFrom('event').select(['topic', 'subject_id', 'position']).execute()
  const wrong = orders.flatMap(({ id, name, state }) =>
    (['secured', 'registering', 'successful', 'failed'] as const).flatMap((step) => {
      const topic = `backorder.${step}`
      const count = events.filter((event) => event.topic === topic && event.subject_id === id).length
      const should = step === 'successful' || step === 'failed' ? Number(state === step) : 1
      return count === should ? [] : [`${name} has ${count} events ${topic}`]
    }),
  )
  const positions = events.map(({ position }) => Number(position)).toSorted((one, other) => one - other)
  const numbered = positions.filter((position) => position > 0)
  if (numbered.some((position, index) => position !== index + 1))
    wrong.push('the positions of the events have gaps')
  return wrong
}

/** What a receiver got is signed, and the first time it got each event about a subject was in their order. */
async function wrongDeliveries({ ctx, receiver, webhookSecret }: World): Promise<readonly string[]> {
  const events = await ctx.db.selectFrom('event').select(['id', 'subject_id', 'position']).execute()
  const byId = new Map(events.map((event) => [event.id, event]))
  const last = new Map<string, number>()
  const seen = new Set<string>()
  const wrong: string[] = []
  for (const hook of receiver.received) {
    const id = String(hook.headers['webhook-id'])
    const event = byId.get(id)
    if (!isSigned(hook, webhookSecret)) wrong.push(`the webhook ${id} is not signed`)
    if (event === undefined) wrong.push(`the receiver got an event ${id} that does not exist`)
    if (event === undefined || seen.has(id)) continue
    seen.add(id)
    const position = Number(event.position)
    if (position < (last.get(event.subject_id) ?? 0))
      wrong.push(`the event ${id} overtook another of its order`)
    last.set(event.subject_id, position)
  }
  return wrong
}
