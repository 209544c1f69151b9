import { prune } from '@droplock/core/retention/prune'
import { closeDue } from '@droplock/core/schedule/steps'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { recordOutcome } from '@droplock/core/targets/record-outcome'
import { expect, test } from 'vitest'
import { AttemptPage, Backorder, BackorderDetail, BackorderPage } from '../src/resources/backorders.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { useSandboxWorld } from './support/card-world.ts'
import { answers, refuses } from './support/refuses.ts'
import { order, someId, wellFormed } from './support/requests.ts'
import { givenTried } from './support/tried.ts'
import { givenCustomer, givenListings, priceMinor, registryAccountId, useWorld } from './support/world.ts'

const world = useWorld()
const withCards = useSandboxWorld()

async function list(key: string, query = '') {
  const response = await world.send({ path: `/v1/backorders${query}`, key })
  expect(response.status).toBe(200)
  return BackorderPage.parse(await response.json())
}

test("an account sees its own backorders, newest first, in pages, and never another's", async () => {
  await givenListings(world.ctx, ['one.test', 'two.test', 'three.test', 'theirs.test'])
  const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  for (const name of ['one.test', 'two.test', 'three.test']) await world.send(order(name, mine.key))
  await world.send(order('theirs.test', theirs.key))
  const first = await list(mine.key, '?limit=2')
  expect(first.items.map(({ name }) => name)).toEqual(['three.test', 'two.test'])
  const second = await list(mine.key, `?limit=2&cursor=${first.next}`)
  expect(second.items.map(({ name }) => name)).toEqual(['one.test'])
  expect(second.next).toBeUndefined()
})

answers('listBackorders', 200, 'backorders are filtered by state', async () => {
  await givenListings(world.ctx, ['filter.test'])
  const { key } = await givenCustomer(world.ctx)
  await world.send(order('filter.test', key))
  expect((await list(key, '?state=backordered')).items).toHaveLength(1)
  expect((await list(key, '?state=failed')).items).toEqual([])
})

refuses('listBackorders', 'invalid_request', 'an unknown state', () =>
  sendUnreached({ path: '/v1/backorders?state=won', key: someKey }),
)

refuses('listBackorders', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/backorders?cursor=${someId}`, key })
})

async function read(path: string, key: string) {
  const response = await world.send({ path, key })
  expect(response.status).toBe(200)
  return BackorderDetail.parse(await response.json())
}

answers(
  'getBackorder',
  200,
  'a backorder whose drop is still to come has no attempts, no outcome and no refund',
  async () => {
    await givenListings(world.ctx, ['waiting.test'])
    const { key } = await givenCustomer(world.ctx)
    const placed = await world.send(order('waiting.test', key))
    const detail = await read(placed.headers.get('Location') ?? '', key)
    expect(detail).toMatchObject({ state: 'backordered', attempts: [], refunds: [] })
    expect(detail).not.toHaveProperty('outcome')
  },
)

const refusedCreate = {
  clTRID: 'droplock-1',
  command: 'create',
  sentAt: new Date('2026-02-15T13:00:00.123Z'),
  answeredAt: new Date('2026-02-15T13:00:00.136Z'),
  roundTripUs: 12_417,
  outcome: 'answered',
  code: 2302,
  message: 'Object exists',
  svTRID: 'sv-1',
} as const

test('a lost backorder shows every attempt to the millisecond, who has the name, and the refund', async () => {
  await givenListings(world.ctx, ['lost.test'])
  const { key } = await givenCustomer(world.ctx)
  const placed = await world.send(order('lost.test', key))
  const path = placed.headers.get('Location') ?? ''
  const { db } = world.ctx
  const past = new Date(Date.now() - 1_000)
  await db
    .updateTable('listing')
    .set({ cutoff_at: past, drop_from: past })
    .where('name', '=', 'lost.test')
    .execute()
  await closeDue(world.ctx)
  const target = await db
    .selectFrom('catch_target')
    .selectAll()
    .where('name', '=', 'lost.test')
    .executeTakeFirstOrThrow()
  await beginFiring(world.ctx, [target.id])
  await recordOutcome(world.ctx, {
    targetId: target.id,
    listingId: target.listing_id,
    registryAccountId,
    code: 2302,
    basis: 'info',
    holderClid: 'rival',
    holderCrDate: new Date('2026-02-15T13:00:00.100Z'),
    clockOffsetMs: 0,
    clockErrorMs: 5,
    outcome: 'lost',
    attempts: [{ ...refusedCreate, targetId: target.id, registryAccountId }],
  })
  expect(await read(path, key)).toMatchObject({
    state: 'failed',
    failure_reason: 'lost',
    outcome: {
      result: 'lost',
      code: 2302,
      basis: 'info',
      holder_clid: 'rival',
      winner_created_at: '2026-02-15T13:00:00.100Z',
      lost_by: { min_ms: 17, max_ms: 43 },
      lost_by_ms: 23,
    },
    attempts: [
      {
        command: 'create',
        sent_at: '2026-02-15T13:00:00.123Z',
        outcome: 'answered',
        round_trip_ms: 12.417,
        code: 2302,
        message: 'Object exists',
        cltrid: 'droplock-1',
        svtrid: 'sv-1',
      },
    ],
    refunds: [{ state: 'succeeded', amount: { amount_minor: priceMinor, currency: 'USD' } }],
  })
})

refuses('getBackorder', 'backorder_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getBackorder, key })
})

refuses('getBackorder', 'backorder_not_found', 'the backorder of another account', async () => {
  await givenListings(world.ctx, ['theirs-2.test'])
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const placed = await world.send(order('theirs-2.test', theirs.key))
  return world.send({ path: placed.headers.get('Location') ?? '', key: mine.key })
})

refuses('getBackorder', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/backorders/17', key: someKey }),
)

const TRIED = 1_234

answers(
  'listAttempts',
  200,
  'of 1,234 attempts the deciding one and the newest are shown, and the others follow page by page, each once',
  async () => {
    await givenListings(world.ctx, ['tried.test'])
    const { key } = await givenCustomer(world.ctx)
    const path = (await world.send(order('tried.test', key))).headers.get('Location') ?? ''
    await givenTried(world.ctx, 'tried.test', TRIED, 'at-0007')

    const detail = BackorderDetail.parse(await (await world.send({ path, key })).json())
    expect(detail.deciding_attempt).toMatchObject({ cltrid: 'at-0007', decided: true })
    expect(detail.attempts).toHaveLength(100)
    expect(detail.attempts[0]).toMatchObject({ cltrid: 'at-1234', decided: false })

    const seen = detail.attempts.map(({ cltrid }) => cltrid)
    let cursor = detail.attempts_next
    while (cursor !== undefined) {
      const page = AttemptPage.parse(
        await (await world.send({ path: `${path}/attempts?cursor=${cursor}&limit=200`, key })).json(),
      )
      seen.push(...page.items.map(({ cltrid }) => cltrid))
      cursor = page.next
    }
    expect(seen).toHaveLength(TRIED)
    expect(seen).toEqual([...new Set(seen)].toSorted().toReversed())
  },
)

test('months after the decision the first and the deciding attempt are shown, and how many others there were, and when', async () => {
  await givenListings(world.ctx, ['old.test'])
  const { key } = await givenCustomer(world.ctx)
  const path = (await world.send(order('old.test', key))).headers.get('Location') ?? ''
  await givenTried(world.ctx, 'old.test', 50, 'old-0007')
  const longAgo = new Date(Date.now() - 91 * 86_400_000)
  await world.ctx.db.updateTable('catch_target').set({ decided_at: longAgo }).execute()
  await prune(world.ctx, 'attempt', 90)

  const removed = {
    count: 48,
    first_sent_at: '2026-02-15T13:00:00.001Z',
    last_sent_at: '2026-02-15T13:00:00.049Z',
  }
  const detail = BackorderDetail.parse(await (await world.send({ path, key })).json())
  expect(detail.attempts.map(({ cltrid }) => cltrid)).toEqual(['old-0007', 'old-0001'])
  expect(detail.attempts_removed).toEqual(removed)
  const page = AttemptPage.parse(await (await world.send({ path: `${path}/attempts`, key })).json())
  expect(page.items).toHaveLength(2)
  expect(page.removed).toEqual(removed)
})

test('a backorder that nothing was tried for yet has no attempts', async () => {
  await givenListings(world.ctx, ['early.test'])
  const { key } = await givenCustomer(world.ctx)
  const path = (await world.send(order('early.test', key))).headers.get('Location') ?? ''
  expect(await (await world.send({ path: `${path}/attempts`, key })).json()).toEqual({ items: [] })
})

refuses('listAttempts', 'backorder_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.listAttempts, key })
})

refuses('listAttempts', 'backorder_not_found', 'the backorder of another account', async () => {
  await givenListings(world.ctx, ['theirs-3.test'])
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const placed = await world.send(order('theirs-3.test', theirs.key))
  return world.send({ path: `${placed.headers.get('Location')}/attempts`, key: mine.key })
})

refuses('listAttempts', 'invalid_request', 'a limit of none', () =>
  sendUnreached({ path: `/v1/backorders/${someId}/attempts?limit=0`, key: someKey }),
)

refuses('listAttempts', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  await givenListings(world.ctx, ['tried-2.test'])
  const { key } = await givenCustomer(world.ctx)
  const path = (await world.send(order('tried-2.test', key))).headers.get('Location') ?? ''
  await givenTried(world.ctx, 'tried-2.test', 2, 'at-0001')
  return world.send({ path: `${path}/attempts?cursor=at-9999`, key })
})

answers(
  'releaseBackorder',
  200,
  'an unpaid order is released, says so, and its name is free at once',
  async () => {
    const { ctx, send } = withCards()
    await givenListings(ctx, ['let-go.test'])
    const { key } = await givenCustomer(ctx)
    const placed = await send(order('let-go.test', key, 'card'))
    const response = await send({ method: 'POST', path: `${placed.headers.get('Location')}/release`, key })
    expect(response.status).toBe(200)
    expect(Backorder.parse(await response.json())).toMatchObject({
      state: 'expired',
      expired_reason: 'released',
    })
    const listing = await send({ path: '/v1/listings/let-go.test', key })
    expect(await listing.json()).toMatchObject({ held: false, orderable: true })
  },
)

refuses('releaseBackorder', 'backorder_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.releaseBackorder, key })
})

refuses('releaseBackorder', 'backorder_not_releasable', 'a paid order: it cannot be cancelled', async () => {
  await givenListings(world.ctx, ['paid-for.test'])
  const { key } = await givenCustomer(world.ctx)
  const placed = await world.send(order('paid-for.test', key))
  return world.send({ method: 'POST', path: `${placed.headers.get('Location')}/release`, key })
})

refuses('releaseBackorder', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'POST', path: '/v1/backorders/17/release', key: someKey }),
)
