import { setLowBalance } from '@droplock/core/accounts/low-balance'
import { actFor } from '@droplock/core/context'
import { readDueTimes } from '@droplock/core/due-times'
import { scopes } from '@droplock/rules/accounts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdJobs } from '../src/money/money-jobs.ts'
import { givenShop } from './money/shop.ts'
import { givenWorld, moneyEvery, type World } from './support/world.ts'

let world: World
beforeEach(async () => {
  world = await givenWorld(1)
})
afterEach(() => world.clone.drop())

test('a worker notices a low balance, with the rights of its role, and only when there is one', async () => {
  const { ctx, worker } = world
  const { actor } = await givenShop(ctx, [])
  const asked = { receiverKinds: [], undecidedAfterMs: 0 }
  expect((await readDueTimes(worker, asked)).has('balance.low')).toBe(false)
  await setLowBalance(
    actFor(ctx, { ...actor, scopes }),
    { amountMinor: 100n, currency: 'USD' },
    { kind: 'present' },
  )
  expect((await readDueTimes(worker, asked)).get('balance.low')).toBeLessThanOrEqual(0)
  const job = holdJobs(worker, moneyEvery).find(({ name }) => name === 'balance.low')
  await job?.run(new AbortController().signal)
  const events = await ctx.db
    .selectFrom('event')
    .select('account_id')
    .where('topic', '=', 'balance.low')
    .execute()
  expect(events).toEqual([{ account_id: actor.accountId }])
  expect((await readDueTimes(worker, asked)).has('balance.low')).toBe(false)
})
