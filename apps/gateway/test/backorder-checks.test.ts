import { scopes } from '@droplock/rules/accounts'
import { expect, test } from 'vitest'
import { OrderCheck } from '../src/resources/backorder-checks.ts'
import { type Send, sendUnreached, someKey } from './support/app.ts'
import { useSandboxWorld } from './support/card-world.ts'
import { answers, refuses } from './support/refuses.ts'
import { order } from './support/requests.ts'
import { givenBlocked, givenCustomer, givenListings, inHours, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()
const withCards = useSandboxWorld()

async function check(send: Send, key: string, body: object) {
  const response = await send({ method: 'POST', path: '/v1/backorder-checks', key, body })
  expect(response.status).toBe(200)
  return OrderCheck.parse(await response.json())
}

const codes = ({ reasons }: { readonly reasons: readonly { readonly code: string }[] }) =>
  reasons.map(({ code }) => code)

answers('checkBackorder', 200, 'what an order would take, and nothing is written', async () => {
  await givenListings(world.ctx, ['checked.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
  const body = { name: 'Checked.TEST', payment: 'balance', reference: 'PO-1' }
  const before = await countRows()
  const found = await check(world.send, key, body)
  expect(await countRows()).toEqual(before)
  expect(found).toMatchObject({
    name: 'checked.test',
    unicode_name: 'checked.test',
    acceptable: true,
    reasons: [],
    price: { amount_minor: priceMinor, currency: 'USD' },
    balance_after: { amount_minor: 5_000 - priceMinor, currency: 'USD' },
  })
  expect(found.look_alike).toBeUndefined()
  const placed = await world.send({ method: 'POST', path: '/v1/backorders', key, body })
  expect(await placed.json()).toMatchObject({
    price: found.price,
    cutoff_at: found.cutoff_at,
    drop_from: found.drop_from,
    drop_to: found.drop_to,
  })
})

async function countRows(): Promise<unknown> {
  const { db } = world.ctx
  const tables = ['backorder', 'payment', 'posting', 'event', 'listing'] as const
  return Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<bigint>().as('rows'))
        .executeTakeFirstOrThrow(),
    ),
  )
}

test('every reason is told, first the one with which the order is refused', async () => {
  const name = 'many-reasons.test'
  await givenListings(world.ctx, [name], { opensAt: inHours(1) })
  await world.ctx.db
    .updateTable('listing')
    .set({ premium: true, suspect: true })
    .where('name', '=', name)
    .execute()
  const { key } = await givenCustomer(world.ctx, { balanceMinor: 0n })
  const expected_price = { amount_minor: 1, currency: 'USD' }
  const found = await check(world.send, key, { name, payment: 'balance', expected_price })
  expect(codes(found)).toEqual([
    'name_premium',
    'name_suspect',
    'listing_not_open_yet',
    'price_changed',
    'insufficient_balance',
  ])
  expect(found.acceptable).toBe(false)
  expect(found.reasons.map(({ retryable }) => retryable)).toEqual([false, false, true, false, false])
  expect(await (await world.send(order(name, key))).json()).toMatchObject({ code: 'name_premium' })
})

test('a blocked name, one in no list, and one that another has, each have their reason', async () => {
  await givenBlocked(world.ctx, 'blocked-check.test')
  await givenListings(world.ctx, ['taken-check.test'])
  const [one, other] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  await world.send(order('taken-check.test', one.key))
  const checkAs = (key: string, name: string) => check(world.send, key, { name, payment: 'balance' })
  expect(codes(await checkAs(other.key, 'blocked-check.test'))).toEqual(['name_blocked'])
  expect(codes(await checkAs(other.key, 'in-no-list.test'))).toEqual(['listing_not_found'])
  expect(codes(await checkAs(other.key, 'taken-check.test'))).toEqual(['name_taken'])
  const own = await checkAs(one.key, 'taken-check.test')
  expect(codes(own)).toEqual(['already_yours'])
  expect(own.backorder_id).toBeDefined()
})

test('by card, it says until when the name would be held, and what is against a hold', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['card-check.test'])
  await givenListings(ctx, ['late-check.test'], { purgeAt: new Date(Date.now() + 180_000) })
  const { key } = await givenCustomer(ctx, { balanceMinor: 0n })
  const found = await check(send, key, { name: 'card-check.test', payment: 'card' })
  expect(found).toMatchObject({ acceptable: true, pay_by: expect.any(String) })
  expect(found.balance_after).toBeUndefined()
  const late = await check(send, key, { name: 'late-check.test', payment: 'card' })
  expect(codes(late)).toEqual(['hold_too_late'])
})

test('where cards are not accepted, an order by card is not acceptable', async () => {
  await givenListings(world.ctx, ['no-cards-check.test'])
  const { key } = await givenCustomer(world.ctx)
  expect(codes(await check(world.send, key, { name: 'no-cards-check.test', payment: 'card' }))).toEqual([
    'card_unavailable',
  ])
})

test('a key that may not read the balance is not told it', async () => {
  await givenListings(world.ctx, ['blind-check.test'])
  const granted = scopes.filter((scope) => scope !== 'balance:read')
  const { key } = await givenCustomer(world.ctx, { scopes: granted })
  const found = await check(world.send, key, { name: 'blind-check.test', payment: 'balance' })
  expect(found.acceptable).toBe(true)
  expect(found.balance_after).toBeUndefined()
})

test.each([
  ['соса.test', 'соса.test', { mixes_scripts: false, looks_like: 'coca.test' }],
  ['gοοgle.test', 'gοοgle.test', { mixes_scripts: true, looks_like: 'google.test' }],
  ['bücher.test', 'bücher.test', undefined],
])('%s is read as %s, and what it looks like is said', async (name, unicode, lookAlike) => {
  const { key } = await givenCustomer(world.ctx)
  const found = await check(world.send, key, { name, payment: 'balance' })
  expect(found.name).toMatch(/^xn--[a-z0-9-]+\.test$/)
  expect(found.unicode_name).toBe(unicode)
  expect(found.look_alike).toEqual(lookAlike)
})

refuses('checkBackorder', 'invalid_name', 'what is no domain name', () =>
  sendUnreached({
    method: 'POST',
    path: '/v1/backorder-checks',
    key: someKey,
    body: { name: 'not a name', payment: 'balance' },
  }),
)

refuses('checkBackorder', 'invalid_request', 'an unknown member, as an order does', () =>
  sendUnreached({
    method: 'POST',
    path: '/v1/backorder-checks',
    key: someKey,
    body: { name: 'a.test', payment: 'balance', quantity: 2 },
  }),
)
