import { type Client, createClient, ProblemError } from '@droplock/sdk/client'
import { readBackorder } from '../demo/backorders.ts'
import { ourClid } from '../environment/registries.ts'
import type { Simulator } from '../environment/simulator.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { type ConsoleClient, signIn } from './console-client.ts'
import { dropAheadMs, registryId, urlOf, zone } from './places.ts'
import type { Run } from './run.ts'
import type { Installation } from './set-up.ts'

const caught = `harbour.${zone}`
const DEPOSIT_MINOR = 10_000
const LISTED_MS_MAX = 15_000
const DECIDED_MS_MAX = 60_000

/** The registry deletes a name; it is listed, ordered from money that came by bank transfer, and caught. */
export async function catchName(run: Run, installation: Installation, registry: Simulator): Promise<void> {
  const { places, tally, stop } = run
  const gateway = createClient({ baseUrl: urlOf(places.gateways[0]), apiKey: installation.key.key })
  const purgeAt = new Date(Date.now() + dropAheadMs)
  await dropNames({ registry, gateway, stop, msMax: LISTED_MS_MAX }, [caught], purgeAt)
  tally.check('the drop list of the registry is published', true)
  const order = () => gateway.post('/v1/backorders', { body: { name: caught, payment: 'balance' } })
  const early = await order().catch((error: unknown) => error)
  tally.check(
    'without money an order is refused as such',
    early instanceof ProblemError && early.status === 402,
  )
  await bringMoney(run, installation, DEPOSIT_MINOR)
  const { id } = await order()
  tally.check('with it the name is ordered', true)
  const state = await endOf(gateway, id, stop)
  tally.check(`the name is caught: the order is ${state}`, state === 'successful')
  tally.check('and ours at the registry', await isOurs(registry, caught))
  tally.check('within all its limits', (await registry.violations(registryId)) === 0)
}

type Dropping = {
  readonly registry: Simulator
  readonly gateway: Client
  readonly stop: AbortSignal
  /** Until they are published. */
  readonly msMax: number
}

/** Has the registry delete names. Resolves when the last of them is on a published list. */
export async function dropNames(
  { registry, gateway, stop, msMax }: Dropping,
  names: readonly string[],
  purgeAt: Date,
): Promise<void> {
  const plans = names.map((name) => ({ name, purgeAt, ending: 'contested_late' as const }))
  await registry.load(registryId, plans, false)
  const last = names.at(-1) ?? ''
  await waitUntil(`${last} on a published list`, msMax, stop, () => isListed(gateway, last))
}

/** Resolves with the state in which an order ends. */
export async function endOf(gateway: Client, id: string, stop: AbortSignal): Promise<string> {
  const stateOf = async () => (await readBackorder(gateway, id)).state
  await waitUntil('the end of the order', DECIDED_MS_MAX, stop, async () =>
    ['successful', 'failed', 'expired'].includes(await stateOf()),
  )
  return stateOf()
}

/** Whether the registry says that a name is ours. */
export async function isOurs(registry: Simulator, name: string): Promise<boolean> {
  const truth = (await registry.truth(registryId)).find((deleted) => deleted.name === name)
  return truth?.winner?.clID === ourClid
}

/** One person says how much a person credits alone; another credits what came to the bank. */
export async function bringMoney(
  { places, tally }: Run,
  { approver, finance, resellerId }: Installation,
  amountMinor: number,
): Promise<void> {
  const [first, second] = places.consoles.map(urlOf)
  const abe = await signIn(String(first), approver.email, approver.password)
  const fay = await signIn(String(second), finance.email, finance.password)
  const limits = { currency: 'USD', alone_minor: 0, grant_alone_minor: amountMinor, reason: 'set up' }
  const set = await abe.post('/api/refund-limits', limits)
  const recorded = await recordTransfer(fay, resellerId, amountMinor)
  tally.check(
    'an approver sets a limit, and finance credits a bank transfer within it',
    set < 300 && recorded < 300,
  )
}

function recordTransfer(person: ConsoleClient, resellerId: string, amountMinor: number): Promise<number> {
  return person.post('/api/bank-transfers', {
    account_id: resellerId,
    amount_minor: amountMinor,
    currency: 'USD',
    bank_reference: 'RE-0001',
    note: 'first deposit',
  })
}

async function isListed(gateway: Client, name: string): Promise<boolean> {
  try {
    await gateway.get('/v1/listings/{name}', { params: { path: { name } } })
    return true
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return false
    throw error
  }
}
