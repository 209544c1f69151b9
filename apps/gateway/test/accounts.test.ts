import { expect, test } from 'vitest'
import { Balance, Forecast, Statement, TransactionPage } from '../src/resources/accounts.ts'
import { Payment } from '../src/resources/payments.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { useSandboxWorld } from './support/card-world.ts'
import { answers, refuses } from './support/refuses.ts'
import { givenCaught } from './support/renewals.ts'
import { order, someId, wellFormed } from './support/requests.ts'
import { givenCustomer, givenListings, inHours, priceMinor, renewalMinor, useWorld } from './support/world.ts'

const world = useWorld()
const withCards = useSandboxWorld()

answers(
  'topUp',
  201,
  'a top-up is on the balance once its card payment is captured, and not before',
  async () => {
    const { ctx, send, pay, work } = withCards()
    const { key } = await givenCustomer(ctx, { balanceMinor: 0n })
    const response = await send({ ...wellFormed.topUp, key })
    expect(response.status).toBe(201)
    const payment = Payment.parse(await response.json())
    expect(payment).toMatchObject({
      purpose: 'top_up',
      amount: { amount_minor: 5_000, currency: 'USD' },
      client_secret: expect.any(String),
    })
    expect(response.headers.get('Location')).toBe(`/v1/payments/${payment.id}`)
    const balance = async (): Promise<unknown> => (await send({ path: '/v1/balance', key })).json()
    expect(await balance()).toMatchObject({ balance: { amount_minor: 0 } })
    await pay(payment, 'approve')
    await work()
    expect(await balance()).toMatchObject({ balance: { amount_minor: 5_000 } })
    const transactions = await send({ path: '/v1/transactions', key })
    expect(await transactions.json()).toMatchObject({ items: [{ id: payment.id, cause: 'top_up' }] })
  },
)

refuses('topUp', 'card_unavailable', 'where no provider is set up', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.topUp, key })
})

refuses('topUp', 'payment_limit_reached', 'one more open payment than an account may have', async () => {
  const { ctx, send } = withCards()
  const { key, accountId } = await givenCustomer(ctx)
  await ctx.db.updateTable('account').set({ open_payments_max: 1 }).where('id', '=', accountId).execute()
  await send({ ...wellFormed.topUp, key })
  return send({ ...wellFormed.topUp, key })
})

const post = (amount_minor: number) => ({ method: 'POST', path: '/v1/top-ups', body: { amount_minor } })

refuses('topUp', 'invalid_request', 'an amount with a fraction', () =>
  sendUnreached({ ...post(50.5), key: someKey }),
)

refuses('topUp', 'amount_out_of_range', 'less than is taken', async () => {
  const { key } = await givenCustomer(withCards().ctx)
  return withCards().send({ ...post(99), key })
})

refuses('topUp', 'amount_out_of_range', 'an amount below zero', async () => {
  const { key } = await givenCustomer(withCards().ctx)
  return withCards().send({ ...post(-5_000), key })
})

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })
const balance = (amount: number, inEscrow: number) => ({
  balance: usd(amount),
  credit_limit: usd(0),
  available: usd(amount),
  in_escrow: usd(inEscrow),
})

answers('getBalance', 200, 'an order moves its price from the balance to escrow', async () => {
  await givenListings(world.ctx, ['paid.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
  const read = async () => Balance.parse(await (await world.send({ path: '/v1/balance', key })).json())
  expect(await read()).toEqual(balance(5_000, 0))
  await world.send(order('paid.test', key))
  expect(await read()).toEqual(balance(5_000 - priceMinor, priceMinor))
})

test('what is available is the balance and the credit together', async () => {
  const { key, accountId } = await givenCustomer(world.ctx, { balanceMinor: 1_000n })
  const { db } = world.ctx
  await db.updateTable('account').set({ credit_limit_minor: 300n }).where('id', '=', accountId).execute()
  const response = await world.send({ path: '/v1/balance', key })
  expect(await response.json()).toMatchObject({
    balance: usd(1_000),
    credit_limit: usd(300),
    available: usd(1_300),
  })
})

async function list(key: string, query = '') {
  const response = await world.send({ path: `/v1/transactions${query}`, key })
  expect(response.status).toBe(200)
  return TransactionPage.parse(await response.json())
}

answers(
  'listTransactions',
  200,
  'the statement shows every movement of the balance, signed, newest first, with its cause',
  async () => {
    await givenListings(world.ctx, ['bought.test'])
    const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
    const placed = await world.send(order('bought.test', key))
    const id = placed.headers.get('Location')?.split('/').at(-1)
    const { items } = await list(key)
    expect(items).toMatchObject([
      {
        cause: 'secure',
        amount: { amount_minor: -priceMinor, currency: 'USD' },
        backorder_id: id,
        name: 'bought.test',
      },
      { cause: 'top_up', amount: { amount_minor: 5_000, currency: 'USD' } },
    ])
    const pages = [await list(key, '?limit=1')]
    pages.push(await list(key, `?limit=1&cursor=${pages[0]?.next}`))
    expect(pages.flatMap((page) => page.items)).toEqual(items)
    expect(pages[1]?.next).toBeUndefined()
  },
)

refuses('listTransactions', 'invalid_request', 'a cursor that is none', () =>
  sendUnreached({ path: '/v1/transactions?cursor=last', key: someKey }),
)

test('the transactions of a period are the lines of its statement, page by page', async () => {
  await givenListings(world.ctx, ['within.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
  await world.send(order('within.test', key))
  const { items } = await list(key)
  const [ordered, toppedUp] = items
  const soon = inHours(1).toISOString()
  const first = await list(key, `?limit=1&to=${soon}`)
  expect(first.items).toEqual([ordered])
  expect(first.next).toBeDefined()
  expect((await list(key, `?limit=1&to=${soon}&cursor=${first.next}`)).items).toEqual([toppedUp])
  expect((await list(key, `?from=${ordered?.posted_at}`)).items).toContainEqual(ordered)
  expect((await list(key, `?to=${toppedUp?.posted_at}`)).items).toEqual([])
  expect((await list(key, `?from=${soon}`)).items).toEqual([])
})

refuses('listTransactions', 'invalid_period', 'a period that ends before it starts', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: '/v1/transactions?from=2026-03-01T00:00:00Z&to=2026-02-01T00:00:00Z', key })
})

refuses('listTransactions', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/transactions?cursor=${someId}`, key })
})

answers(
  'getStatement',
  200,
  'the statement of a period adds up: opening, what each cause moved, closing',
  async () => {
    await givenListings(world.ctx, ['stated.test'])
    const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
    await world.send(order('stated.test', key))
    const read = async (from: Date, to: Date) => {
      const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() })
      const response = await world.send({ path: `/v1/statement?${query}`, key })
      expect(response.status).toBe(200)
      return Statement.parse(await response.json())
    }
    expect(await read(inHours(-1), inHours(1))).toMatchObject({
      opening: usd(0),
      activity: [
        { cause: 'secure', count: 1, credit: usd(0), debit: usd(priceMinor) },
        { cause: 'top_up', count: 1, credit: usd(5_000), debit: usd(0) },
      ],
      closing: usd(5_000 - priceMinor),
    })
    expect(await read(inHours(1), inHours(2))).toMatchObject({
      opening: usd(5_000 - priceMinor),
      activity: [],
      closing: usd(5_000 - priceMinor),
    })
  },
)

refuses('getStatement', 'invalid_request', 'a period without an end', () =>
  sendUnreached({ path: '/v1/statement?from=2026-02-01T00:00:00Z', key: someKey }),
)

refuses('getStatement', 'invalid_request', 'a time in a zone of its own', () =>
  sendUnreached({
    path: '/v1/statement?from=2026-02-01T00:00:00%2B01:00&to=2026-03-01T00:00:00Z',
    key: someKey,
  }),
)

refuses('getStatement', 'invalid_period', 'a period that ends before it starts', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: '/v1/statement?from=2026-03-01T00:00:00Z&to=2026-02-01T00:00:00Z', key })
})

async function forecast(key: string, until?: Date) {
  const query = until === undefined ? '' : `?${new URLSearchParams({ until: until.toISOString() })}`
  const response = await withCards().send({ path: `/v1/forecast${query}`, key })
  expect(response.status).toBe(200)
  return Forecast.parse(await response.json())
}

answers(
  'getForecast',
  200,
  'unpaid orders and watched names that close in time are counted against what is available',
  async () => {
    const { ctx, send } = withCards()
    const soon = ['held.test', 'watched.test', 'taken.test', 'unwatched.test']
    await givenListings(ctx, soon, { purgeAt: inHours(3) })
    await givenListings(ctx, ['later.test'], { purgeAt: inHours(9) })
    const { key } = await givenCustomer(ctx, { balanceMinor: 1_000n })
    const other = await givenCustomer(ctx)
    await send(order('held.test', key, 'card'))
    await send(order('taken.test', other.key))
    for (const name of ['held.test', 'watched.test', 'taken.test', 'later.test', 'never-listed.test']) {
      expect((await send({ method: 'PUT', path: `/v1/watches/${name}`, key })).status).toBe(200)
    }
    expect(await forecast(key, inHours(4))).toMatchObject({
      balance: usd(1_000),
      available: usd(1_000),
      undecided: usd(0),
      to_pay: { count: 1, amount: usd(priceMinor) },
      watched: { count: 1, amount: usd(priceMinor) },
      shortfall: usd(2 * priceMinor - 1_000),
    })
    expect(await forecast(key, inHours(10))).toMatchObject({
      watched: { count: 2, amount: usd(2 * priceMinor) },
    })
    expect(await forecast(key, inHours(1))).toMatchObject({
      to_pay: { count: 0, amount: usd(0) },
      watched: { count: 0, amount: usd(0) },
      shortfall: usd(0),
    })
  },
)

test('without an end, the forecast reaches to the end of tomorrow, UTC', async () => {
  const { key } = await givenCustomer(withCards().ctx)
  const { until } = await forecast(key)
  expect(until).toMatch(/T00:00:00\.000Z$/)
  const hoursAhead = (Date.parse(until) - Date.now()) / 3_600_000
  expect(hoursAhead).toBeGreaterThan(23)
  expect(hoursAhead).toBeLessThanOrEqual(48)
})

test('a caught name that expires within thirty days of then is to be renewed, and its price is missing', async () => {
  const { ctx, send } = withCards()
  const { key } = await givenCustomer(ctx, { balanceMinor: BigInt(priceMinor) + 100n })
  await givenCaught({ ctx, send }, 'mine.test', key)
  expect(await forecast(key)).toMatchObject({ renewals: { count: 0, amount: usd(0) }, shortfall: usd(0) })
  expect(await forecast(key, inHours(24 * 340))).toMatchObject({
    renewals: { count: 1, amount: usd(renewalMinor) },
    shortfall: usd(renewalMinor - 100),
  })
})

refuses('getForecast', 'invalid_request', 'a date that is no time', () =>
  sendUnreached({ path: '/v1/forecast?until=2026-02-01', key: someKey }),
)
