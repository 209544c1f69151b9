import { acquireLease } from '@droplock/core/leases'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { listUndecidedTargets } from '@droplock/core/targets/read'
import { onServer } from '@droplock/core/testing/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { initialLeaseState } from '../../src/drive/leased-account.ts'
import type { Target } from '../../src/plan/target.ts'
import { TargetFollower } from '../../src/targets/follow.ts'
import { mergeTargets } from '../../src/targets/merge.ts'
import { createTargetStore, type TargetStore } from '../../src/targets/store.ts'
import { ACCOUNT, startTestbed, type Testbed } from '../support/testbed.ts'

let testbed: Testbed
let store: TargetStore
let follower: TargetFollower
let nowMs: number

const account = {
  id: ACCOUNT,
  registryId: 'sim',
  clid: 'droplock',
  commandsPerSecondMax: 10,
  failedCreatesPerDayMax: Infinity,
  capsAlways: false,
  awardsByPoll: false,
  nameServers: 'objects',
} as const
const HOUR_MS = 3_600_000
const nearMs = () => Date.now() + HOUR_MS

beforeEach(async () => {
  testbed = await startTestbed()
  await testbed.secure([{ name: 'one.test' }, { name: 'two.test' }, { name: 'three.test' }])
  await testbed.close(new Date(Date.now() + 60_000), 10_000)
  store = createTargetStore()
  nowMs = 0
  follower = new TargetFollower({
    ctx: testbed.catcher,
    store,
    account,
    leaseState: initialLeaseState(0, { ours: new Map(), version: 1 }),
    // It stands still, so all are read once.
    monotonicMs: () => nowMs,
  })
  await follower.follow(nearMs())
})
afterEach(() => testbed.end())

const write = (text: string) => onServer(testbed.clone.url, (client) => client.query(text))

const named = (name: string): Target => {
  const target = [...store.all()].find((each) => each.name === name)
  if (target === undefined) throw new Error(`${name} is not in the store`)
  return target
}

const sorted = (of: TargetStore) => [...of.all()].toSorted((one, other) => (one.name < other.name ? -1 : 1))

/** What a catcher that begins now has in its store. */
async function anew(): Promise<readonly Target[]> {
  const fresh = createTargetStore()
  const rows = await listUndecidedTargets(testbed.catcher, account, new Date(nearMs()))
  mergeTargets(fresh, rows, { capsAlways: false, contacts: {} })
  return sorted(fresh)
}

test('after each kind of change the store is what a complete reading makes it', async () => {
  const changes = [
    `update catch_target set drop_to = drop_to + interval '1 minute', grace_until = grace_until + interval '1 minute' where name = 'one.test'`,
    `update catch_target set drop_from = drop_from + interval '2 hours', drop_to = drop_to + interval '2 hours',
      grace_until = grace_until + interval '2 hours' where name = 'two.test'`,
    `update catch_target set state = 'disarmed' where name = 'three.test'`,
    `update catch_target set state = 'armed', arming = arming + 1 where name = 'three.test'`,
    `update zone set grace_probe_seconds = grace_probe_seconds + 1, may_have_premium = not may_have_premium`,
    `alter table withdrawal disable trigger user; insert into withdrawal (listing_id, at, reason) select listing_id, clock_timestamp(), 'a court order' from catch_target
      where name = 'one.test'`,
  ]
  expect(sorted(store)).toEqual(await anew())
  for (const change of changes) {
    const before = sorted(store)
    await write(change)
    await follower.follow(nearMs())
    // The one whose window has moved away stays, so that it is tried when it is near again.
    const isNear = ({ dropFromMs }: Target) => dropFromMs <= nearMs()
    expect(sorted(store).filter(isNear), change).toEqual(await anew())
    expect(sorted(store), change).not.toEqual(before)
  }
})

test('a target is added when its window comes near, and when its firing was written without an answer', async () => {
  await write(`update catch_target set drop_from = drop_from + interval '2 hours', drop_to = drop_to + interval '2 hours',
    grace_until = grace_until + interval '2 hours'`)
  store = createTargetStore()
  const later = new TargetFollower({
    ctx: testbed.catcher,
    store,
    account,
    leaseState: initialLeaseState(0, { ours: new Map(), version: 1 }),
    monotonicMs: () => nowMs,
  })
  await later.follow(nearMs())
  expect(sorted(store)).toEqual([])
  await later.follow(nearMs() + 2 * HOUR_MS)
  expect(sorted(store)).toHaveLength(3)
  const lease = await acquireLease(testbed.catcher, ACCOUNT, testbed.catcher.newId(), 60_000)
  await beginFiring(testbed.catcher, [named('one.test').id], lease)
  await later.follow(nearMs() + 2 * HOUR_MS)
  expect(named('one.test').phase).toBe('ambiguous')
  expect(later.ambiguous()).toEqual([])
})

test('a change that is read while a command is in flight is followed when its answer is there', async () => {
  store.put({ ...named('one.test'), busy: true })
  const { dropFromMs } = named('one.test')
  await write(`update catch_target set drop_from = drop_from + interval '5 seconds' where name = 'one.test'`)
  await follower.follow(nearMs())
  expect(named('one.test').dropFromMs).toBe(dropFromMs)
  store.put({ ...named('one.test'), busy: false })
  await follower.follow(nearMs())
  expect(named('one.test').dropFromMs).toBe(dropFromMs + 5_000)
})

test('a drop that is stopped while a create is in flight begins anew when its answer is there', async () => {
  store.put({ ...named('one.test'), phase: 'firing', creating: 1 })
  await write(`update catch_target set state = 'disarmed' where name = 'one.test'`)
  await follower.follow(nearMs())
  expect(named('one.test').stopped).toBe(true)
  store.put({ ...named('one.test'), creating: 0 })
  await follower.follow(nearMs())
  expect(sorted(store).map(({ name }) => name)).toEqual(['three.test', 'two.test'])
})

test('what left the store is read again, and comes back while it is undecided', async () => {
  const { id } = named('one.test')
  store.remove(id)
  await follower.follow(nearMs())
  expect(named('one.test').id).toBe(id)
})

test('a decided target leaves the store', async () => {
  await write(`update listing set state = 'dropping' where name = 'one.test'`)
  await write(`update catch_target set state = 'firing' where name = 'one.test'`)
  await follower.follow(nearMs())
  await write(
    `update catch_target set state = 'missed', decided_at = clock_timestamp() where name = 'one.test'`,
  )
  await follower.follow(nearMs())
  expect(sorted(store).map(({ name }) => name)).toEqual(['three.test', 'two.test'])
})

test('after a failure, and now and then, everything is read', async () => {
  let read = 0
  const counted = {
    ...testbed.catcher,
    db: testbed.catcher.db.withPlugin({
      transformQuery: ({ node }) => {
        if (node.kind === 'SelectQueryNode') read += 1
        return node
      },
      transformResult: async ({ result }) => result,
    }),
  }
  const following = new TargetFollower({
    ctx: counted,
    store: createTargetStore(),
    account,
    leaseState: initialLeaseState(0, { ours: new Map(), version: 1 }),
    monotonicMs: () => nowMs,
  })
  await following.follow(nearMs())
  expect(read).toBe(1)
  nowMs = 20_000
  await following.follow(nearMs())
  expect(read).toBe(2)
  following.beginAnew()
  await following.follow(nearMs())
  expect(read).toBe(3)
})

test('a target that another account decided while a command is in flight leaves the store when its answer is there', async () => {
  store.put({ ...named('one.test'), phase: 'firing', creating: 1 })
  await write(`update listing set state = 'dropping' where name = 'one.test'`)
  await write(`update catch_target set state = 'firing' where name = 'one.test'`)
  await write(
    `update catch_target set state = 'missed', decided_at = clock_timestamp() where name = 'one.test'`,
  )
  await follower.follow(nearMs())
  expect(named('one.test').creating).toBe(1)
  store.put({ ...named('one.test'), creating: 0 })
  await follower.follow(nearMs())
  expect(sorted(store).map(({ name }) => name)).toEqual(['three.test', 'two.test'])
})
