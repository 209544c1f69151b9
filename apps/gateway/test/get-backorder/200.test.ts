import { BackorderDetail } from '@droplock/contracts/gateway/backorder'
import { closeDue } from '@droplock/core/schedule/steps'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { recordOutcome } from '@droplock/core/targets/record-outcome'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor, registryAccountId, useWorld } from '../support/world.ts'

const world = useWorld()

async function read(path: string, key: string) {
  const response = await world.send({ path, key })
  expect(response.status).toBe(200)
  return BackorderDetail.parse(await response.json())
}

test('a backorder whose drop is still to come has no attempts, no outcome and no refund', async () => {
  await givenListings(world.ctx, ['waiting.test'])
  const { key } = await givenCustomer(world.ctx)
  const placed = await world.send(order('waiting.test', key))
  const detail = await read(placed.headers.get('Location') ?? '', key)
  expect(detail).toMatchObject({ state: 'backordered', attempts: [], refunds: [] })
  expect(detail).not.toHaveProperty('outcome')
})

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
    outcome: 'lost',
    attempts: [
      {
        clTRID: 'droplock-1',
        targetId: target.id,
        registryAccountId,
        command: 'create',
        sentAt: new Date('2026-02-15T13:00:00.123Z'),
        answeredAt: new Date('2026-02-15T13:00:00.136Z'),
        roundTripUs: 12_417,
        outcome: 'answered',
        code: 2302,
        message: 'Object exists',
        svTRID: 'sv-1',
      },
    ],
  })
  expect(await read(path, key)).toMatchObject({
    state: 'failed',
    failure_reason: 'lost',
    outcome: { result: 'lost', code: 2302, basis: 'info', holder_clid: 'rival' },
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
