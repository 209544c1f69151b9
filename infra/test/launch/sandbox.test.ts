import { expect, test } from 'vitest'
import { identityOf } from '../../src/processes/identity.ts'
import { resellerAt } from './reseller.ts'
import { appsOf, pidsOf, startByNpm, stopped, timeout } from './start-by-npm.ts'

// The test world as processes, and a reseller that has nothing but the public API.

const key = 'dlk_test_demo-anchor-names-usd-0000000001'
const otherKey = 'dlk_test_demo-birke-domains-eur-0000000002'

type End = {
  readonly state: 'successful' | 'failed'
  readonly reason?: string
  /** The EPP code of the answer that decided it, and what was asked. */
  readonly decided: readonly (readonly [command: string, code: number])[]
  /** Where the money went, and how that ended. */
  readonly refund?: readonly [state: string, destination: string]
  readonly events: readonly string[]
}

const lostEvents = ['backorder.secured', 'backorder.registering', 'backorder.failed', 'refund.succeeded']
const caughtEvents = ['backorder.secured', 'backorder.registering', 'backorder.successful']
const toBalance = ['succeeded', 'original_payment'] as const

/** What becomes of an order, by what its name begins with. */
const ends: Readonly<Record<string, End>> = {
  caught: { state: 'successful', decided: [['create', 1000]], events: caughtEvents },
  lost: { state: 'failed', reason: 'lost', decided: [['info', 1000]], refund: toBalance, events: lostEvents },
  premium: {
    state: 'failed',
    reason: 'premium',
    // Asked because the create was refused for its fee (ADR 9).
    decided: [['fee_check', 1000]],
    refund: toBalance,
    events: lostEvents,
  },
  withdrawn: {
    state: 'failed',
    reason: 'withdrawn',
    decided: [['info', 1000]],
    refund: toBalance,
    events: ['backorder.secured', 'backorder.failed', 'refund.succeeded'],
  },
  missed: {
    state: 'failed',
    reason: 'missed',
    decided: [['info', 1000]],
    refund: toBalance,
    events: lostEvents,
  },
  late: { state: 'successful', decided: [['create', 1000]], events: caughtEvents },
  refundfails: {
    state: 'failed',
    reason: 'lost',
    decided: [['info', 1000]],
    refund: ['failed', 'original_payment'],
    events: ['backorder.held', 'backorder.rescheduled', ...lostEvents, 'refund.failed'],
  },
}

test('every name of a sandbox ends as its label says, through the public API alone, also when the worker is killed', {
  timeout: 400_000,
}, async () => {
  const { npm, state, sees } = startByNpm()
  await sees(/^droplock: everything is running/)
  const [, api = ''] = await sees(/^droplock: gateway: (http:\S+)/)
  const reseller = resellerAt(api, key)
  const { zone } = await reseller.read('sandbox')

  // By card there must be time to pay: it is listed for a day. The worker dies before it has done anything, or in the middle.
  const card = `refundfails-1.${zone}`
  const listed = await reseller.ask('POST', 'sandbox/drops', { names: [card], time_scale: 1 })
  expect(listed.status).toBe(202)
  process.kill(appsOf(state).find(({ name }) => name === 'worker')?.pid ?? 0, 'SIGKILL')
  const held = await reseller.order(card, 'card')
  const payUrl = new URL(held.payment.pay_url)
  const secret = payUrl.searchParams.get('client_secret') ?? ''
  const paying = { client_secret: secret, card: '4242424242424242' }
  await fetch(payUrl, { method: 'POST', body: new URLSearchParams(paying), redirect: 'manual' })
  await reseller.reaches(`backorders/${held.id}`, 'backordered')

  const others = Object.keys(ends).filter((kind) => kind !== 'refundfails')
  const names = [card, ...others.map((kind) => `${kind}-1.${zone}`)]
  const { body: drop } = await reseller.ask('POST', 'sandbox/drops', { names })
  const orders = new Map([['refundfails', held.id]])
  for (const kind of others) orders.set(kind, (await reseller.order(`${kind}-1.${zone}`, 'balance')).id)
  expect((await resellerAt(api, otherKey).ask('GET', `listings/caught-1.${zone}`)).status).toBe(404)

  await reseller.reaches(`sandbox/drops/${drop.id}`, 'ended')
  await expect
    .poll(async () => (await reseller.read(`refunds?backorder_id=${held.id}`)).items[0]?.state, { timeout })
    .toBe('failed')
  for (const [kind, id] of orders) expect([kind, await endOf(reseller, id)]).toEqual([kind, expectedOf(kind)])

  const pids = pidsOf(state)
  await stopped(npm)
  expect(pids.filter((pid) => identityOf(pid) !== undefined)).toEqual([])
})

function expectedOf(kind: string) {
  const end = ends[kind]
  if (end === undefined) throw new Error(`nothing is known of ${kind}`)
  return { reason: undefined, refund: undefined, ...end, events: expect.arrayContaining([...end.events]) }
}

/** What the API says of an order, in the words of `End`; each attempt that decided has the registry's transaction id. */
async function endOf(reseller: ReturnType<typeof resellerAt>, id: string): Promise<object> {
  const order = await reseller.read(`backorders/${id}`)
  const attempts = (await reseller.read(`backorders/${id}/attempts?limit=200`)).items
  const decided = attempts.filter((attempt) => attempt.decided)
  expect(decided.map(({ svtrid }) => svtrid)).not.toContain(undefined)
  const [refund] = (await reseller.read(`refunds?backorder_id=${id}`)).items
  return {
    state: order.state,
    reason: order.failure_reason,
    // A name that is withdrawn before it is tried has no attempt: its registry was asked when it left the list.
    decided:
      decided.length > 0
        ? decided.map(({ command, code }) => [command, code])
        : [[order.outcome?.basis, order.outcome?.code]],
    refund: refund && [refund.state, refund.destination],
    events: await reseller.eventsOf(id),
  }
}
