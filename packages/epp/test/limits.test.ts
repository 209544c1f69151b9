import { expect, test } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { Failures, failuresOf } from '../src/pool/failures.ts'
import { NameGaps } from '../src/pool/limits.ts'
import * as say from './support/answers.ts'
import { fakeClock } from './support/fake-clock.ts'
import { order, poolOn, until } from './support/pool.ts'

function budgetOf(failedCreatesPerDayMax: number, failedAt: readonly Date[]): Failures {
  const others = { sessionsMax: 1, commandsPerSecondMax: 1, idleMsMax: 1 }
  return failuresOf({ ...others, failedCreatesPerDayMax }, failedAt, systemClock)
}

test('under load the registry counts no more commands a second and no more sessions than allowed', async () => {
  // Client and registry share one event loop here, whose delays affect both.
  const limits = { sessionsMax: 4, commandsPerSecondMax: 30, transitMsMax: 2_000 }
  let creates = 0
  const { pool, registry } = await poolOn(
    (command, peer) => {
      creates += command.verb === 'create' ? 1 : 0
      if (command.verb !== 'create') return undefined
      // Every tenth connection is reset during its command, so that logins compete with creates for the rate.
      if (creates % 10 === 0) peer.reset()
      else peer.reply(say.result(2302, command.clTRID))
      return 'handled'
    },
    { limits },
    { random: () => 0 },
  )
  const stop = new AbortController()
  const catchers = Array.from({ length: 8 }, async () => {
    while (!stop.signal.aborted) {
      const slot = await pool.acquire({ signal: stop.signal }).catch(() => undefined)
      await slot?.create(order())
    }
  })
  await until(() => registry.arrivals.length >= 90)
  stop.abort()
  await Promise.all(catchers)
  const times = registry.arrivals.map(({ atMs }) => atMs)
  const busiest = Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length),
  )
  expect(busiest).toBeLessThanOrEqual(limits.commandsPerSecondMax)
  expect(registry.openMost()).toBeLessThanOrEqual(limits.sessionsMax)
})

test('one session keeps its gap between commands', async () => {
  const { pool, registry } = await poolOn(undefined, { limits: { sessionGapMs: 150 } })
  for (const name of ['a.pl', 'b.pl', 'c.pl']) await pool.create(order(name))
  const creates = registry.arrivals.filter(({ verb }) => verb === 'create').map(({ atMs }) => atMs)
  const gaps = creates.slice(1).map((atMs, index) => atMs - (creates[index] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(150)
})

test('if the gap applies to transforms only, queries neither wait nor delay others', async () => {
  const limits = { sessionsMax: 1, sessionGapMs: 60_000, sessionGapAfter: 'transforms' } as const
  const { pool } = await poolOn(undefined, { limits })
  for (const clTRID of ['INFO-1', 'INFO-2', 'INFO-3'])
    expect(await pool.info('a.pl', clTRID)).toMatchObject({ kind: 'answered' })
  expect(await pool.create(order('a.pl'))).toMatchObject({ kind: 'answered' })
  expect(pool.nextSlotAtMs()).toBeGreaterThan(performance.now() + 50_000)
})

test('no command about a name is sent before its gap is over, and the slot can be used for other names', async () => {
  const { pool, registry } = await poolOn(undefined, { limits: { nameGapMs: 60_000 } })
  await pool.create(order('a.pl'))
  expect(pool.nameReadyAtMs('a.pl')).toBeGreaterThan(performance.now())
  expect(await pool.create(order('a.pl'))).toMatchObject({ kind: 'not_sent' })
  expect(await pool.info('b.pl', 'INFO-1')).toMatchObject({ kind: 'answered' })
  expect(registry.arrivals.filter(({ name }) => name === 'a.pl')).toHaveLength(1)
})

test('an old answer does not shorten the gap of a newer command about the name', () => {
  const clock = fakeClock(0)
  const names = new NameGaps(100, 250, () => clock.nowMs())
  const first = names.sent('a.pl')
  clock.advance(350)
  names.sent('a.pl')
  first()
  expect(names.readyAtMs('a.pl')).toBe(700)
})

test('the daily budget of failed creates is never overdrawn, and the predecessor’s failures count', async () => {
  const yesterday = new Date(Date.now() - 86_400_001)
  const { pool, registry } = await poolOn(
    (command, peer) => {
      if (command.verb !== 'create') return undefined
      peer.reply(
        command.name === 'won.pl' ? say.created('won.pl', command.clTRID) : say.result(2302, command.clTRID),
      )
      return 'handled'
    },
    { limits: { failedCreatesPerDayMax: 4, sessionsMax: 3 } },
    { failures: budgetOf(4, [new Date(), yesterday]) },
  )
  expect(await pool.create(order('won.pl'))).toMatchObject({ code: 1000 })
  expect(pool.failedCreatesLeft()).toBe(3)
  const answers = await Promise.all(Array.from({ length: 6 }, () => pool.create(order('late.pl'))))
  expect(answers.filter(({ kind }) => kind === 'answered')).toHaveLength(3)
  expect(answers.filter(({ kind }) => kind === 'not_sent')).toHaveLength(3)
  expect(registry.arrivals.filter(({ name }) => name === 'late.pl')).toHaveLength(3)
  expect(pool.failedCreatesLeft()).toBe(0)
})

test('two pools of one account share its budget of failed creates', async () => {
  const limits = { failedCreatesPerDayMax: 2 }
  const failures = budgetOf(2, [])
  const pools = await Promise.all(
    [1, 2].map(() =>
      poolOn(
        (command, peer) => {
          if (command.verb !== 'create') return undefined
          peer.reply(say.result(2302, command.clTRID))
          return 'handled'
        },
        { limits },
        { failures },
      ),
    ),
  )
  const creates = [...pools, ...pools].map(({ pool }) => pool.create(order('late.pl')))
  const kinds = (await Promise.all(creates)).map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual(['answered', 'answered', 'not_sent', 'not_sent'])
  expect(pools.map(({ pool }) => pool.failedCreatesLeft())).toEqual([0, 0])
})

test('a failed create is forgotten after exactly 24 hours', () => {
  const clock = fakeClock(0)
  const budget = new Failures(1, [], () => clock.nowMs())
  budget.begin()?.('failed')
  clock.advance(86_399_999)
  expect(budget.begin()).toBeUndefined()
  expect(budget.freeAtMs()).toBe(86_400_000)
  clock.advance(1)
  expect(budget.freeAtMs()).toBe(86_400_000)
  expect(budget.left()).toBe(1)
})

test('a budget with room for one failure reports when it has room for a check of two names', () => {
  const clock = fakeClock(0)
  const budget = new Failures(2, [], () => clock.nowMs())
  budget.begin()?.('failed')
  expect(budget.freeAtMs()).toBe(0)
  expect(budget.freeAtMs(2)).toBe(86_400_000)
})

test('what is to be reserved of a budget is not spent before it is, and what is in flight counts as failed', () => {
  const clock = fakeClock(0)
  const budget = new Failures(10, [0], () => clock.nowMs())
  const none = budget.reserve(0)
  none.keep()
  expect(none.count).toBe(1)
  expect(budget.begin()).toBeUndefined()
  expect(budget.freeAtMs()).toBeGreaterThan(0)
  const reserved = budget.reserve(2)
  expect(reserved.count).toBe(3)
  expect(budget.begin()).toBeUndefined()
  reserved.keep()
  const [first, second] = [budget.begin(), budget.begin()]
  expect(budget.begin()).toBeUndefined()
  first?.('succeeded')
  expect(budget.begin()).toBeUndefined()
  const next = budget.reserve(1)
  expect(next.count).toBe(3)
  next.keep()
  second?.('failed')
  budget.begin()?.('failed')
  expect(budget.begin()).toBeUndefined()
  expect(budget.left()).toBe(7)
})

test('the answer to a create over the budget, or to a command within a name’s gap, says when it may be sent', async () => {
  const failedAt = new Date(Date.now() - 86_340_000)
  const limits = { failedCreatesPerDayMax: 1, nameGapMs: 60_000 }
  const { pool } = await poolOn(undefined, { limits }, { failures: budgetOf(1, [failedAt]) })
  const inMs = pool.failedCreatesFreeAtMs() - performance.now()
  expect(inMs).toBeGreaterThan(50_000)
  expect(inMs).toBeLessThanOrEqual(60_000)
  expect(await pool.create(order('a.pl'))).toMatchObject({
    kind: 'not_sent',
    retryAtMs: pool.failedCreatesFreeAtMs(),
  })
  await pool.info('a.pl', 'INFO-1')
  using slot = await pool.acquire()
  expect(await slot.info('a.pl', 'INFO-2')).toMatchObject({
    kind: 'not_sent',
    retryAtMs: pool.nameReadyAtMs('a.pl'),
  })
})

test('a caller whose wait for a slot ends gets the reason, and no slot is lost', async () => {
  const { pool } = await poolOn()
  const held = await pool.acquire()
  await expect(pool.acquire({ timeoutMs: 20 })).rejects.toMatchObject({ reason: 'timed_out' })
  const stop = new AbortController()
  const waiting = pool.acquire({ signal: stop.signal })
  stop.abort(new Error('window over'))
  await expect(waiting).rejects.toThrow('window over')
  expect(pool.nextSlotAtMs()).toBe(Infinity)
  held.release()
  expect(pool.nextSlotAtMs()).toBeLessThanOrEqual(performance.now())
  expect(pool.tryAcquire()).toBeDefined()
})

test('a query right after a create waits for the name’s gap instead of failing', async () => {
  const { pool, registry } = await poolOn(undefined, { limits: { nameGapMs: 200 } })
  await pool.create(order('a.pl'))
  expect(await pool.info('a.pl', 'INFO-1')).toMatchObject({ kind: 'answered' })
  const [created = 0, asked = 0] = registry.arrivals
    .filter(({ name }) => name === 'a.pl')
    .map(({ atMs }) => atMs)
  expect(asked - created).toBeGreaterThanOrEqual(200)
})
