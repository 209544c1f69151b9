import { check } from 'k6'
import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
import { arriving, dueAtMs, measureFromDue } from './arrivals.ts'
import { send } from './request.ts'
import { authorization, claim, type Order, orderAll, readBackorder, readListing, search } from './reseller.ts'
import { gateway, keys, listed } from './world.ts'

// The requests of an ordinary day, which `steady` sends for some minutes and `soak` for hours.

const kinds = ['search', 'listing', 'order', 'orders', 'account', 'claim'] as const
export type Kind = (typeof kinds)[number]

/**
 * Which requests come, as shares of all: those of people and programs on a day, or those of programs alone that look whether a name
 * can be ordered and what became of an order.
 */
const mixes = {
  day: { search: 0.3, listing: 0.25, order: 0.25, orders: 0.1, account: 0.06, claim: 0.04 },
  reads: { search: 0.03, listing: 0.6, order: 0.25, orders: 0.02, account: 0.1, claim: 0 },
} as const satisfies Readonly<Record<string, Readonly<Record<Kind, number>>>>
export type Mix = keyof typeof mixes

/** The mix that MIX names. Throws when there is none of this name. */
export function mixOf(name: string | undefined): Mix {
  if (name === undefined || name === 'day') return 'day'
  if (name === 'reads') return 'reads'
  throw new Error(`there is no mix ${name}`)
}

/** Before the load that is measured, half as much: the gateway has just started, and compiles what it runs. Seconds. */
const warmSeconds = 5
const warmShare = 0.5

/** Orders that are read again and again. The other names are there to be claimed. */
const ordersRead = 100

const won = new Counter('claims_won')
const lost = new Counter('claims_lost')

type Data = { readonly orders: readonly Order[] }

/** The scenarios of a day with so many requests a second, and what their virtual users do. */
export function ordinaryDay(perSecond: number, seconds: number, mix: Mix = 'day') {
  const rateOf = (kind: Kind) => mixes[mix][kind] * perSecond
  const sent = kinds.filter((kind) => mixes[mix][kind] > 0)
  const scenarioOf = (kind: Kind) =>
    arriving({ exec: kind, perSecond: rateOf(kind), startSeconds: warmSeconds, seconds })
  const measured = (kind: Kind, work: () => Promise<void>) => measureFromDue(dueAtMs(rateOf(kind)), work)
  return {
    kinds: sent,
    scenarios: {
      warm: arriving({ exec: 'warm', perSecond: warmShare * perSecond, seconds: warmSeconds }),
      ...Object.fromEntries(sent.map((kind) => [kind, scenarioOf(kind)])),
    },
    users: {
      warm: ({ orders }: Data) => warmUp(orders),
      search: () =>
        measured('search', async () => {
          check(await search(turn()), { 'finds something': (count) => count > 0 })
        }),
      listing: () => measured('listing', readOneListing),
      order: ({ orders }: Data) => measured('order', () => readOneOrder(orders)),
      orders: () =>
        measured('orders', async () => {
          await read('orders', '/v1/backorders?limit=20')
        }),
      account: () =>
        measured('account', async () => {
          await read('account', '/v1/account')
        }),
      claim: () => measured('claim', claimOne),
    },
  }
}

/** Places the orders that are read. */
export async function placeOrders(): Promise<Data> {
  return { orders: await orderAll(listed.slice(0, ordersRead)) }
}

const turn = () => exec.scenario.iterationInTest

/** A large prime: adjacent iterations read distant names. */
const stride = 7_919

async function warmUp(orders: readonly Order[]): Promise<void> {
  if (turn() % 8 === 0) await search(turn())
  else if (turn() % 2 === 0) await readOneOrder(orders)
  else await readOneListing()
}

async function readOneListing(): Promise<void> {
  const name = listed[(turn() * stride) % listed.length]?.name ?? ''
  const listing = await readListing(name, turn())
  check(listing, { 'is the listing asked for': (found) => found?.name === name })
}

async function readOneOrder(orders: readonly Order[]): Promise<void> {
  const order = orders[turn() % orders.length]
  if (order === undefined) return
  check(await readBackorder(order), { 'is the order asked for': ({ name }) => name === order.name })
}

async function read(name: string, path: string): Promise<void> {
  await send(`${gateway}${path}`, { name, headers: authorization(turn()) })
}

/** Claims the next name that nobody has claimed; when all are, one that somebody has. */
async function claimOne(): Promise<void> {
  const free = listed.length - ordersRead
  const name = listed[ordersRead + (turn() % free)]?.name ?? ''
  const { order, code } = await claim(name, turn() % keys.length, `${exec.scenario.startTime}-${turn()}`)
  const isFirst = turn() < free
  const isLost = code === 'name_taken' || code === 'already_yours'
  check(order, { 'the first claim of a name is won': () => (isFirst ? order !== undefined : isLost) })
  if (order === undefined) lost.add(1)
  else won.add(1)
}
