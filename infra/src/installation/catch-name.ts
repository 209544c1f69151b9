import { z } from 'zod'
import type { Simulator } from '../environment/simulator.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { type ConsoleClient, signIn } from './console-client.ts'
import { clid, dropAheadMs, registryId, urlOf, zone } from './places.ts'
import type { Scene } from './scene.ts'
import type { Installation } from './set-up.ts'

const name = `harbour.${zone}`
const depositMinor = 10_000
const listedMsMax = 15_000
const decidedMsMax = 60_000

const orderSchema = z.object({ id: z.string(), state: z.string() })

/** The registry deletes a name; it is listed, ordered from money that came by bank transfer, and caught. */
export async function catchName(
  scene: Scene,
  installation: Installation,
  registry: Simulator,
): Promise<void> {
  const { places, tally, stop } = scene
  const gateway = resellerAt(urlOf(places.gateways[0]), installation.key.key)
  const purgeAt = new Date(Date.now() + dropAheadMs)
  const fate = { name, zone, day: 0, purgeAt, fate: 'contested_late', formerlyOurs: false } as const
  await registry.load(registryId, [fate], false)
  await waitUntil(
    `${name} on a published list`,
    listedMsMax,
    stop,
    async () => (await gateway.get(`/v1/listings/${name}`)).ok,
  )
  tally.check('the drop list of the registry is published', true)
  const early = await gateway.order(name)
  tally.check('without money an order is refused as such', early.status === 402)
  await bringMoney(scene, installation)
  const ordered = await gateway.order(name)
  tally.check('with it the name is ordered', ordered.status === 201)
  const { id } = orderSchema.parse(await ordered.json())
  const stateOf = async () =>
    orderSchema.parse(await (await gateway.get(`/v1/backorders/${id}`)).json()).state
  await waitUntil('the end of the order', decidedMsMax, stop, async () =>
    ['successful', 'failed', 'expired'].includes(await stateOf()),
  )
  const state = await stateOf()
  tally.check(`the name is caught: the order is ${state}`, state === 'successful')
  const truth = (await registry.truth(registryId)).find((deleted) => deleted.name === name)
  tally.check('and ours at the registry', truth?.winner?.clID === clid)
  tally.check('within all its limits', (await registry.violations(registryId)) === 0)
}

/** One person says how much a person credits alone; another credits what came to the bank. */
async function bringMoney(
  { places, tally }: Scene,
  { approver, finance, resellerId }: Installation,
): Promise<void> {
  const [first, second] = places.consoles.map(urlOf)
  const abe = await signIn(String(first), approver.email, approver.password)
  const fay = await signIn(String(second), finance.email, finance.password)
  const limits = { currency: 'USD', alone_minor: 0, grant_alone_minor: depositMinor, reason: 'set up' }
  const set = await abe.post('/api/refund-limits', limits)
  const recorded = await recordTransfer(fay, resellerId)
  tally.check(
    'an approver sets a limit, and finance credits a bank transfer within it',
    set < 300 && recorded < 300,
  )
}

function recordTransfer(person: ConsoleClient, resellerId: string): Promise<number> {
  return person.post('/api/bank-transfers', {
    account_id: resellerId,
    amount_minor: depositMinor,
    currency: 'USD',
    bank_reference: 'RE-0001',
    note: 'first deposit',
  })
}

function resellerAt(url: string, key: string) {
  const authorization = `Bearer ${key}`
  return {
    get: (path: string) => fetch(`${url}${path}`, { headers: { authorization } }),
    order: (ordered: string) =>
      fetch(`${url}/v1/backorders`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ name: ordered, payment: 'balance' }),
      }),
  }
}
