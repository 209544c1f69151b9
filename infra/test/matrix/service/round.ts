import { setTimeout as delay } from 'node:timers/promises'
import { createSandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { z } from 'zod'
import { simulatorAt } from '../../../src/environment/simulator.ts'
import { waitUntil } from '../../../src/processes/wait-until.ts'
import { cards } from '../../../src/seed/accounts.ts'
import { type Answered, judgeRound, type Planned } from './judge.ts'
import { createWitness, readAlong, type Witness } from './witness.ts'
import { type Buyer, registryId, type World, zone } from './world.ts'

/** A list is published; names are ordered and paid for; they drop, and are settled. */
export type Phase = 'list' | 'order' | 'drop'

export type Injection = {
  readonly phases: readonly Phase[]
  /** Begins the fault. What it returns ends it. */
  readonly inject: () => Promise<() => Promise<void>>
  /** Left out: until the phase is over. Milliseconds. */
  readonly lastsMs?: number
  /** The servers themselves are away, so that their clients give up. */
  readonly stopsServers?: true
}

/** Nothing goes wrong. */
export const noFault: Injection = { phases: [], inject: async () => async () => undefined }

export type Round = {
  readonly number: number
  readonly injection: Injection
  /** The registry releases no name: it is tried until its grace is over. */
  readonly isKept?: true
}

export type RoundResult = {
  readonly wrong: readonly string[]
  readonly statuses: ReadonlyMap<string, number>
  readonly tookMs: number
}

/** The drop is far away while names are ordered: cards close long before. */
const LISTED_AHEAD_MS = 3_600_000
/** From the second list to the drop: publication, and an `info` for each name. */
const DROP_AHEAD_MS = 4_500
/** Names to be lost are released this long before the announced time: released with it, we might be the quickest. */
const LOST_AHEAD_MS = 1_500
/** The fault begins when creates are about to be sent. */
const FAULT_AHEAD_MS = 300
/**
 * Beyond these something is wrong, not slow: what a process had taken and does not do is free again after a minute (a delivery, a list), and
 * tried again half a minute later at most.
 */
const STEP_MS_MAX = 120_000
const SETTLED_MS_MAX = 120_000

/** Names from their list to settled money, with a fault in the middle; then what contradicts a promise, in words. */
export async function runRound(world: World, { number, injection, isKept }: Round): Promise<RoundResult> {
  const startedMs = performance.now()
  const { mayHang, answerMsMax } = { mayHang: injection.stopsServers === true, answerMsMax: 15_000 }
  const witness = createWitness({ mayHang, answerMsMax })
  const names = planNames(world, number).map((each) =>
    isKept ? { ...each, ending: 'unreleased' as const } : each,
  )
  const stopReading = readAlong(world, witness)
  const during = (phase: Phase, work: () => Promise<void>) => withFault(injection, phase, work)
  try {
    await during('list', () => publish(world, names, new Date(Date.now() + LISTED_AHEAD_MS)))
    const orders = await orderNames(world, witness, names, (work) => during('order', work))
    await drop(world, names, (work) => during('drop', work))
    await settle(world, names)
    await stopReading()
    const wrong = await judgeRound(world, names, orders)
    return {
      wrong: [...witness.wrong, ...wrong],
      statuses: witness.statuses,
      tookMs: performance.now() - startedMs,
    }
  } catch (error) {
    await stopReading()
    const undone = error instanceof Error ? error.message : String(error)
    return {
      wrong: [...witness.wrong, undone],
      statuses: witness.statuses,
      tookMs: performance.now() - startedMs,
    }
  }
}

/** Does `work` with the fault, where it is one of this phase. */
async function withFault({ phases, inject, lastsMs }: Injection, phase: Phase, work: () => Promise<void>) {
  if (!phases.includes(phase)) return work()
  const lift = await inject()
  const lifted = lastsMs === undefined ? undefined : delay(lastsMs).then(lift)
  try {
    await work()
  } finally {
    await (lifted ?? lift())
  }
}

function planNames({ buyers }: World, number: number): readonly Planned[] {
  const { reseller, cardPayer, person } = buyers
  const plan: readonly (readonly [buyers: readonly Buyer[], ending: Planned['ending']])[] = [
    [[reseller], 'uncontested'],
    [[cardPayer], 'uncontested'],
    [[person], 'uncontested'],
    [[reseller], 'contested_at_once'],
    [[cardPayer], 'contested_at_once'],
    [[person], 'contested_at_once'],
    // Both want it, and one gets it.
    [[reseller, person], 'contested_late'],
  ]
  return plan.map(([by, ending], index) => ({ name: `round-${number}-${index}.${zone}`, buyers: by, ending }))
}

/** Resolves when the names can be ordered, or have moved: what a list says counts from one moment on. */
async function publish({ ctx, lists }: World, names: readonly Planned[], purgeAt: Date): Promise<void> {
  lists.put(names.map(({ name }) => ({ name, purgeAt })))
  const wanted = names.map(({ name }) => name)
  await until('the publication of the list', STEP_MS_MAX, async () => {
    const rows = await ctx.db
      .selectFrom('listing')
      .select('drop_from')
      .where('name', 'in', wanted)
      .where('drop_from', '=', purgeAt)
      .execute()
    const underWay = await ctx.db
      .selectFrom('sync_run')
      .select('id')
      .where('state', 'in', ['queued', 'running', 'ready', 'publishing'])
      .execute()
    return rows.length === wanted.length && underWay.length === 0
  })
}

const ordered = z.object({
  id: z.string(),
  payment: z.object({ id: z.string(), client_secret: z.string().optional() }).optional(),
})

/** The first names are ordered before the fault begins. */
const ORDERED_BEFORE = 2

async function orderNames(
  world: World,
  witness: Witness,
  names: readonly Planned[],
  during: (work: () => Promise<void>) => Promise<void>,
): Promise<readonly Answered[]> {
  const told: Answered[] = []
  const order = async ({ name, buyers }: Planned) => {
    told.push(...(await Promise.all(buyers.map((buyer) => orderOne(world, witness, name, buyer)))))
  }
  for (const name of names.slice(0, ORDERED_BEFORE)) await order(name)
  await during(async () => {
    for (const name of names.slice(ORDERED_BEFORE)) await order(name)
    await untilSecured(world, names)
  })
  await untilSecured(world, names)
  return told
}

async function orderOne(world: World, { insist }: Witness, name: string, buyer: Buyer): Promise<Answered> {
  const { status, body } = await insist(buyer, '/v1/backorders', { name, payment: buyer.pays })
  if (status !== 201) return { name, buyer, code: z.object({ code: z.string() }).parse(body).code }
  const { id, payment } = ordered.parse(body)
  if (buyer.pays === 'card' && payment !== undefined)
    await payByCard(world, payment.client_secret ?? (await secretOf(world, payment.id)))
  return { name, buyer, id }
}

/** A payment that the provider did not answer at once has its secret later. */
async function secretOf({ buyers: { cardPayer } }: World, paymentId: string): Promise<string> {
  const schema = z.object({ client_secret: z.string().optional() })
  let secret: string | undefined
  await until('the secret of the card payment', STEP_MS_MAX, async () => {
    const response = await fetch(`${cardPayer.url}/v1/payments/${paymentId}`, { headers: cardPayer.headers })
    secret = schema.safeParse(await response.json()).data?.client_secret
    return secret !== undefined
  })
  return secret ?? ''
}

/** The payer reaches the provider, whatever is between it and us. */
async function payByCard({ environment: { sandbox } }: World, clientSecret: string): Promise<void> {
  const [providerId = ''] = clientSecret.split('_secret_')
  await createSandboxControl(sandbox.url, sandbox.apiKey).pay({ providerId, clientSecret }, cards.good)
}

async function untilSecured({ ctx }: World, names: readonly Planned[]): Promise<void> {
  const wanted = names.map(({ name }) => name)
  await until('the securing of every order', STEP_MS_MAX, async () => {
    const rows = await ctx.db
      .selectFrom('backorder')
      .select('id')
      .where('name', 'in', wanted)
      .where('state', '=', 'backordered')
      .execute()
    return rows.length === wanted.length
  })
}

async function drop(
  world: World,
  names: readonly Planned[],
  during: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const purgeAt = new Date(Date.now() + DROP_AHEAD_MS)
  const releasedAt = (ending: Planned['ending']) =>
    new Date(purgeAt.getTime() - (ending === 'contested_at_once' ? LOST_AHEAD_MS : 0))
  const dropping = names.map(({ name, ending }) => ({ name, ending, purgeAt: releasedAt(ending) }))
  await simulatorAt(world.environment.urlOf('registry-sim')).load(registryId, dropping, false)
  await publish(world, names, purgeAt)
  await untilTargets(world, names, 'prepared', ({ count }) => count === names.length)
  await delay(Math.max(0, purgeAt.getTime() - FAULT_AHEAD_MS - Date.now()))
  await during(() => untilTargets(world, names, 'decided', ({ decided }) => decided === names.length))
}

type Targets = { readonly count: number; readonly decided: number }

function untilTargets(
  { ctx }: World,
  names: readonly Planned[],
  are: string,
  holds: (targets: Targets) => boolean,
): Promise<void> {
  const wanted = names.map(({ name }) => name)
  return until(`every name is ${are}`, SETTLED_MS_MAX, async () => {
    const rows = await ctx.db
      .selectFrom('catch_target')
      .select('decided_at')
      .where('name', 'in', wanted)
      .execute()
    return holds({ count: rows.length, decided: rows.filter(({ decided_at: at }) => at !== null).length })
  })
}

/** Refunds have reached their cards, and events their receiver. */
async function settle({ ctx, receiver, buyers }: World, names: readonly Planned[]): Promise<void> {
  const wanted = names.map(({ name }) => name)
  await until('every order is decided, and its money where it belongs', SETTLED_MS_MAX, async () => {
    const rows = await ctx.db
      .selectFrom('backorder')
      .leftJoin('payment', 'payment.backorder_id', 'backorder.id')
      .leftJoin('refund', 'refund.payment_id', 'payment.id')
      .select(['backorder.state', 'refund.state as refunded'])
      .where('backorder.name', 'in', wanted)
      .where('backorder.decided_at', 'is not', null)
      .execute()
    const isSettled = rows.every(({ state, refunded }) => state === 'successful' || refunded === 'succeeded')
    return rows.length === wanted.length && isSettled
  })
  await until('every event is delivered', SETTLED_MS_MAX, async () => {
    const events = await ctx.db
      .selectFrom('event')
      .select(['id', 'position'])
      .where('account_id', '=', buyers.reseller.accountId)
      .execute()
    const got = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
    return events.every(({ id, position }) => position !== null && got.has(id))
  })
}

const never = new AbortController().signal

function until(what: string, msMax: number, condition: () => Promise<boolean>): Promise<void> {
  return waitUntil(what, msMax, never, condition)
}
