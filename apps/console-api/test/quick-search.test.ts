import { SearchResults } from '@droplock/contracts/console/quick-search'
import { placeBackorder } from '@droplock/core/backorders/place'
import { beforeAll, expect, test } from 'vitest'
import { givenDecided } from '../../../packages/core/test/support/held.ts'
import { givenAccount, givenListings } from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
let operator: Person
let viewer: Person
let backorderId: string

beforeAll(async () => {
  const decided = await givenDecided(world.ctx, 'registered')
  backorderId = decided.backorderId
  await givenListings(world.ctx, {
    names: ['crowns.test', 'a-crown.test', 'crown.test', 'xn--bcher-kva.test'],
  })
  const buyer = await givenAccount(world.ctx, { balanceMinor: 10_000n })
  await world.ctx.db
    .updateTable('account')
    .set({ name: 'Cobalt Web' })
    .where('id', '=', buyer.actor.accountId)
    .execute()
  await placeBackorder(buyer, { name: 'a-crown.test', payment: 'balance', reference: 'PO-4711' })
  operator = await givenPerson(world, 'operator')
  viewer = await givenPerson(world, 'viewer')
})

async function found(who: Person, q: string) {
  const answer = await who.send({ path: `/api/search?${new URLSearchParams({ q })}` })
  const { items } = await expectBody(answer, 200, SearchResults)
  return items
}

const textsOf = (items: Awaited<ReturnType<typeof found>>) => items.map(({ kind, text }) => `${kind} ${text}`)

test('the whole label comes first, then names that begin with it, then names that contain it; an ordered name is its order', async () => {
  expect(textsOf(await found(operator, 'crown'))).toEqual([
    'listing crown.test',
    'listing crowns.test',
    'backorder a-crown.test',
  ])
  expect(textsOf(await found(operator, 'Crown.te'))).toEqual(['listing crown.test'])
  expect(textsOf(await found(operator, 'cr'))).toEqual(['listing crown.test', 'listing crowns.test'])
})

test('a name that has ended is found too, with the state of its order', async () => {
  expect(await found(viewer, 'wanted')).toMatchObject([
    { kind: 'backorder', id: backorderId, state: 'successful' },
  ])
})

test('a name is found as it is written in its language, whole or by its beginning', async () => {
  for (const typed of ['bücher', 'BÜCHER.test', 'bü', 'bücher.t'])
    expect(textsOf(await found(operator, typed)), typed).toEqual(['listing xn--bcher-kva.test'])
  expect(await found(operator, 'büc.com')).toEqual([])
  expect(await found(operator, '丝绸')).toEqual([])
})

test('an order is found by its id, by the beginning of its id, and by the customer’s reference', async () => {
  expect(await found(viewer, backorderId)).toMatchObject([{ kind: 'backorder', id: backorderId }])
  const ids = (await found(viewer, backorderId.slice(0, 20))).map(({ id }) => id)
  expect(ids).toContain(backorderId)
  expect(await found(viewer, 'PO-47')).toMatchObject([
    { kind: 'backorder', text: 'a-crown.test', reference: 'PO-4711', account_name: 'Cobalt Web' },
  ])
})

test('accounts and payments are found by those who may read them, and by nobody else', async () => {
  expect(await found(operator, 'cobalt')).toMatchObject([{ kind: 'account', text: 'Cobalt Web' }])
  expect(await found(viewer, 'cobalt')).toEqual([])
  const payment = await world.ctx.db
    .selectFrom('payment')
    .select('id')
    .where('backorder_id', '=', backorderId)
    .executeTakeFirstOrThrow()
  expect(await found(operator, payment.id)).toMatchObject([{ kind: 'payment', text: 'wanted.test' }])
  expect(await found(viewer, payment.id)).toEqual([])
})

test('signs of patterns are text, and a single character is refused', async () => {
  expect(await found(operator, '%%')).toEqual([])
  expect(await found(operator, '..')).toEqual([])
  await expectProblem(await operator.send({ path: '/api/search?q=a' }), 'invalid_request')
})
