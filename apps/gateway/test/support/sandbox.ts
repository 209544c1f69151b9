import { asService } from '@droplock/core/context'
import { attendSandboxDrop, type PlanDrops } from '@droplock/core/sandbox/attend'
import { openSandbox } from '@droplock/core/sandbox/open'
import { afterAll, beforeAll, expect } from 'vitest'
import { servedFrom } from '../../src/gateway.ts'
import { readLotOf } from '../../src/http/read-lot.ts'
import { type Ask, createTestApp, type Send } from './app.ts'
import { type Customer, givenCustomer, givenListings, openWorld } from './world.ts'

/** The registry of the sandbox, and the zone of which each account has a copy. */
export const sandbox = {
  id: 'sandbox',
  profile: 'generic',
  accounts: [
    {
      id: 'sandbox/droplock',
      clid: 'droplock',
      hosts: [{ host: '127.0.0.1', port: 7702 }],
      isSimulator: true,
      limits: { sessionsMax: 4, commandsPerSecondMax: 40 },
    },
  ],
  zone: {
    name: 'sandbox',
    standardFeeMinor: 800n,
    feeCurrency: 'USD',
    cutoffLeadSeconds: 15,
    dropTimeZone: 'UTC',
    dropStartsAt: '00:00',
    dropLastsSeconds: 86_400,
    earlySeconds: 0,
    lateSeconds: 8,
    graceSeconds: 20,
    prices: [{ tier: 'standard', currency: 'USD', amountMinor: 2_900n }],
    renewalPrices: [{ currency: 'USD', perYearMinor: 1_500n }],
  },
}

type Named = { readonly name: string; readonly zone: string }

/** Of all that is asked for here. */
export type Body = {
  readonly id: string
  readonly zone: string
  readonly total: number
  readonly drops_at: string
  readonly drop_from: string
  readonly items: readonly Named[]
  readonly kinds: readonly { readonly label: string }[]
  readonly listing?: Named
} & {
  /** Of a drop; of a drop list how many. */
  readonly names: readonly Named[]
  readonly zones: readonly Named[]
  readonly drops: readonly unknown[]
}

export const bodyOf = async (response: Response) => (await response.json()) as Body

type Opened = Awaited<ReturnType<typeof openWorld>>

const gatewayOn = (opened: Opened): Send =>
  createTestApp({
    test: servedFrom(opened.contextOf('gateway'), undefined, readLotOf(opened.openReadsAs('gateway'))),
  }).send

/** A gateway on a test database with a sandbox, and what its tests ask for. */
export function useSandbox() {
  let world: Opened
  let send: Send
  beforeAll(async () => {
    world = await openWorld()
    send = gatewayOn(world)
    await openSandbox(asService(world.ctx), sandbox)
  })
  afterAll(() => world.drop())
  const ask = async (path: string, key: string) => bodyOf(await send({ path, key }))
  const zoneOf = async ({ key }: Customer) => (await ask('/v1/sandbox', key)).zone
  const requestDrop = (body: object, key: string) =>
    send({ method: 'POST', path: '/v1/sandbox/drops', body, key })
  /** What the simulator and the sync do together: the names are listed for their time. */
  const listThem: PlanDrops = async (drops) => {
    for (const { name, dropsAt } of drops)
      await givenListings(world.ctx, [name], { purgeAt: dropsAt, registryId: 'sandbox' })
  }
  /** A worker looks after every drop once, with the rights of its login. */
  const attendAll = async (planDrops = listThem) => {
    await world.ctx.db
      .updateTable('sandbox_drop')
      .set({ attend_at: new Date(0) })
      .execute()
    while (await attendSandboxDrop(world.contextOf('worker'), planDrops));
  }
  /** A customer with a name that is listed in its sandbox, to drop in a day. */
  const givenListed = async (label: string) => {
    const customer = await givenCustomer(world.ctx)
    const zone = await zoneOf(customer)
    const name = `${label}.${zone}`
    const response = await requestDrop({ names: [name], time_scale: 1 }, customer.key)
    expect(response.status).toBe(202)
    await attendAll()
    return { ...customer, zone, name, path: response.headers.get('Location') ?? '' }
  }
  return {
    get world() {
      return world
    },
    send: (asked: Ask) => send(asked),
    ask,
    zoneOf,
    requestDrop,
    listThem,
    attendAll,
    givenListed,
  }
}

/** What a customer is answered whose database has no sandbox, like a live one. */
export async function askWithoutSandbox(asked: Ask): Promise<Response> {
  const opened = await openWorld()
  try {
    const { key } = await givenCustomer(opened.ctx)
    return await gatewayOn(opened)({ ...asked, key })
  } finally {
    await opened.drop()
  }
}
