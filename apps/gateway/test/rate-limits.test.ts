import { setRateLimits } from '@droplock/core/accounts/administer'
import type { Lease, WantedLot } from '@droplock/core/accounts/lease-requests'
import { actFor, asService } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { listen } from '@droplock/http/listen'
import { openSourceBudgets } from '@droplock/http/source-budgets'
import { API_KEY_OCTETS, apiKeyText } from '@droplock/rules/api-key-text'
import { expect, onTestFinished, test } from 'vitest'
import { type Dependencies, servedFrom } from '../src/gateway.ts'
import { openAdmission } from '../src/http/admission.ts'
import { openBudgets } from '../src/http/request-budgets.ts'
import { answering, createTestApp, notReached, someKey } from './support/app.ts'
import { everyOperationRefuses, expectProblem } from './support/refuses.ts'
import { wellFormed } from './support/requests.ts'
import { givenCustomer, openWorld } from './support/world.ts'

const turn = { isWithin: false, quota: 5, remaining: 0, resetSeconds: 42 }

everyOperationRefuses('rate_limited', 'an account that has used up its quota', async (operation) => {
  const served = { ...answering(async () => []), takeTurn: async () => turn }
  const response = await createTestApp({ test: served }).send({ ...wellFormed[operation], key: someKey })
  expect(response.headers.get('Retry-After')).toBe('42')
  return response
})

/** A gateway behind a socket, with this budget for those without a key. */
async function listening(modes: Dependencies['modes'], burst: number) {
  const admission = openAdmission(openSourceBudgets({ burst, perSecond: 0.001 }))
  const app = createTestApp(modes, { admission })
  const { answerEarly } = admission
  const server = await listen(app.fetch, { host: '127.0.0.1', port: 0, answerEarly })
  onTestFinished(() => server.close(0))
  return { ...server, logged: app.logged }
}

everyOperationRefuses(
  'address_limited',
  'an address that sent too many requests without a key',
  async (operation) => {
    const { url } = await listening({ test: notReached }, 1)
    await fetch(`${url}/v1/balance`)
    const { path, ...ask } = wellFormed[operation]
    return fetch(`${url}${path}`, { method: 'method' in ask ? ask.method : 'GET' })
  },
)

const minute = () => Math.floor(Date.now() / 60_000)

/** Windows of quotas are minutes of the clock, and a rush in two of them has two quotas. */
async function withinOneMinute<Result>(rush: () => Promise<Result>): Promise<Result> {
  for (;;) {
    const began = minute()
    const result = await rush()
    if (minute() === began) return result
  }
}

test('two gateways together serve no more than the quota of an account, and say what is left', async () => {
  const world = await openWorld()
  onTestFinished(world.drop)
  const limits = { readsPerMinute: 50, claimsPerMinute: 3, reason: 'a test' }
  const gateways = [1, 2].map(() => createTestApp({ test: servedFrom(world.contextOf('gateway')) }))
  const { key, answers } = await withinOneMinute(async () => {
    const customer = await givenCustomer(world.ctx)
    await setRateLimits(asService(world.ctx), { accountId: customer.accountId, ...limits })
    const asked = Array.from({ length: 200 }, async (_, index) =>
      gateways[index % 2]?.send({ path: '/v1/balance', key: customer.key }),
    )
    return { key: customer.key, answers: (await Promise.all(asked)).filter((answer) => answer !== undefined) }
  })
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(50)
  for (const answer of answers) {
    expect(answer.headers.get('RateLimit-Policy')).toBe('"reads";q=50;w=60')
    expect(answer.headers.get('RateLimit')).toMatch(/^"reads";r=\d+;t=\d+$/)
  }
  const order = await gateways[0]?.send({ ...wellFormed.placeBackorder, key })
  expect(order?.headers.get('RateLimit')).toMatch(/^"claims";r=[12];t=\d+$/)
})

const someCaller = () =>
  actFor(notReached.ctx, {
    kind: 'account',
    accountId: newId(),
    keyId: newId(),
    scopes: [],
    currency: 'USD',
  })

/** A database with a quota of 2,000, whose questions are counted. */
function someQuota() {
  const asked: (readonly WantedLot[])[] = []
  const taken = new Map<string, number>()
  const lease = (lot: WantedLot): Lease & WantedLot => {
    const before = taken.get(lot.accountId) ?? 0
    const granted = Math.min(2_000 - before, Math.max(1, Math.floor((2_000 - before) / 10)))
    taken.set(lot.accountId, before + granted)
    return { ...lot, granted, taken: before + granted, quota: 2_000, windowAt: new Date(0), leftMs: 60_000 }
  }
  const leaseLots = async (wanted: readonly WantedLot[]) => {
    asked.push(wanted)
    return wanted.map(lease)
  }
  return { asked, leaseLots }
}

test('a lot is counted in memory: a thousand requests ask the database a few dozen times', async () => {
  const { asked, leaseLots } = someQuota()
  const take = openBudgets(leaseLots, () => 0)
  const caller = someCaller()
  const turns = await Promise.all(Array.from({ length: 1_000 }, () => take(caller, 'reads')))
  expect(turns.every(({ isWithin }) => isWithin)).toBe(true)
  expect(asked.length).toBeLessThan(30)
  expect((await take(caller, 'reads')).remaining).toBe(999)
})

test('accounts that arrive at once are asked for together', async () => {
  const { asked, leaseLots } = someQuota()
  const take = openBudgets(leaseLots, () => 0)
  const callers = Array.from({ length: 200 }, someCaller)
  const turns = await Promise.all(callers.map((caller) => take(caller, 'claims')))
  expect(turns.every(({ remaining }) => remaining === 1_999)).toBe(true)
  expect(asked.map((wanted) => wanted.length)).toEqual([200])
})

test('a question that fails is asked again by the next request', async () => {
  const { leaseLots } = someQuota()
  const answers = [() => Promise.reject(new Error('the database is away')), leaseLots, leaseLots]
  const take = openBudgets(
    (wanted) => (answers.shift() ?? leaseLots)(wanted),
    () => 0,
  )
  const caller = someCaller()
  await expect(take(caller, 'claims')).rejects.toThrow('the database is away')
  expect(await take(caller, 'claims')).toMatchObject({ isWithin: true })
})

const invented = () => apiKeyText('test', crypto.getRandomValues(new Uint8Array(API_KEY_OCTETS)))

test('while an address floods without a key or with invented ones, a key that works is served from there', async () => {
  const world = await openWorld()
  onTestFinished(world.drop)
  const { key } = await givenCustomer(world.ctx)
  const served = servedFrom(world.contextOf('gateway'))
  const { url, logged } = await listening({ test: served }, 20)
  const ask = (path: string, used?: string) =>
    fetch(`${url}${path}`, { headers: used === undefined ? {} : { Authorization: `Bearer ${used}` } })
  expect((await ask('/v1/balance', key)).status).toBe(200)
  const mistyped = `${invented().slice(0, -1)}-`
  const statuses: number[] = []
  for (let index = 0; index < 120; index += 1)
    statuses.push((await ask('/v1/balance', [undefined, invented(), mistyped][index % 3])).status)
  expect(statuses.filter((status) => status === 401)).toHaveLength(20)
  expect(statuses.filter((status) => status === 429)).toHaveLength(100)
  // The refused ones reached neither log nor database.
  expect(logged()).toHaveLength(21)
  const refused = await ask('/v1/balance')
  await expectProblem(refused, 'address_limited')
  expect((await ask('/v1/balance', key)).status).toBe(200)
  expect((await ask('/healthz')).status).toBe(200)
  // One that was revoked is looked up once more, and is then one of the many.
  await world.ctx.db.updateTable('api_key').set({ revoked_at: new Date() }).execute()
  served.authenticate.forget()
  expect((await ask('/v1/balance', key)).status).toBe(401)
  expect((await ask('/v1/balance', key)).status).toBe(429)
})

test('a mistyped key is refused without asking the database', async () => {
  const { send } = createTestApp({ test: notReached })
  const text = apiKeyText('test', new Uint8Array(API_KEY_OCTETS))
  const wrong = `${text.slice(0, -1)}${text.endsWith('a') ? 'b' : 'a'}`
  await expectProblem(await send({ path: '/v1/balance', key: wrong }), 'unauthenticated')
})
