import { check } from 'k6'
import exec from 'k6/execution'
import { Counter } from 'k6/metrics'
import { arriving, dueAtMs, measureFromDue } from './arrivals.ts'
import { send } from './request.ts'
import { authorization, claim, type Order, orderAll, readBackorder, readListing, search } from './reseller.ts'
import { gateway, keys, listed } from './world.ts'

// The requests of an ordinary day, which `steady` sends for some minutes and `soak` for hours.

/** Which requests come, as shares of all. */
const shares = { search: 0.3, listing: 0.25, order: 0.25, orders: 0.1, account: 0.06, claim: 0.04 } as const
type Kind = keyof typeof shares

/** Orders that are read again and again. The other names are there to be claimed. */
const ordersRead = 100

const won = new Counter('claims_won')
const lost = new Counter('claims_lost')

type Data = { readonly orders: readonly Order[] }

export type OrdinaryDay = ReturnType<typeof ordinaryDay>

/** The scenarios of a day with so many requests a second, and what their virtual users do. */
export function ordinaryDay(perSecond: number, seconds: number) {
  const rateOf = (kind: Kind) => shares[kind] * perSecond
  const scenarioOf = (kind: Kind) => arriving({ exec: kind, perSecond: rateOf(kind), seconds })
  const measured = (kind: Kind, work: () => Promise<void>) => measureFromDue(dueAtMs(rateOf(kind)), work)
  return {
    scenarios: {
      search: scenarioOf('search'),
      listing: scenarioOf('listing'),
      order: scenarioOf('order'),
      orders: scenarioOf('orders'),
      account: scenarioOf('account'),
      claim: scenarioOf('claim'),
    },
    users: {
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
