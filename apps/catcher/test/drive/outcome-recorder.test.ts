import { randomUUID } from 'node:crypto'
import { listAlarms } from '@droplock/core/alarms/read'
import type { StaffContext } from '@droplock/core/context'
import { acquireLease, type Lease } from '@droplock/core/leases'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import type { TargetOutcome } from '@droplock/core/targets/target-outcome'
import { onServer } from '@droplock/core/testing/server'
import type { Logger } from '@droplock/observability/logger'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createOutcomeRecorder } from '../../src/drive/outcome-recorder.ts'
import { ACCOUNT, startTestbed, type Testbed } from '../support/testbed.ts'
import { waitUntil } from '../support/wait-until.ts'

const STUCK = 5
const GOOD = 50
/** Short pauses, so that a stuck outcome is tried often. */
const pauses = { firstMs: 5, longestMs: 20 }
const log = { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as Logger

let testbed: Testbed
beforeEach(async () => {
  testbed = await startTestbed()
})
afterEach(() => testbed.end())

const names = (kind: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `${kind}-${n}.test` }))

async function givenFiring(): Promise<readonly TargetOutcome[]> {
  await testbed.order([...names('stuck', STUCK), ...names('good', GOOD)], 60_000)
  const targets = await testbed.clone.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id', 'name'])
    .orderBy('name', 'desc')
    .execute()
  await beginFiring(
    testbed.buyer,
    targets.map((target) => target.id),
  )
  return targets.map((target) => ({
    targetId: target.id,
    listingId: target.listing_id,
    registryAccountId: ACCOUNT,
    code: 2302,
    holderClid: 'rival-a',
    attempts: [],
    outcome: 'lost',
  }))
}

const run = (text: string) => onServer(testbed.clone.url, (client) => client.query(text))

const countOf = async (state: 'firing' | 'lost') => {
  const rows = await testbed.clone.db
    .selectFrom('catch_target')
    .select('name')
    .where('state', '=', state)
    .execute()
  return rows.length
}

async function tryAcquireLease(): Promise<Lease> {
  const lease = await acquireLease(testbed.buyer, ACCOUNT, randomUUID(), 600_000)
  if (lease === undefined) throw new Error('another catcher holds the account')
  return lease
}

async function openAlarms() {
  const staff = { ...testbed.buyer, actor: { kind: 'staff', roles: ['viewer'] } } as unknown as StaffContext
  const { items } = await listAlarms(staff, { offset: 0, limit: 100 })
  return items
}

test('5 outcomes that cannot be written delay none of 50 others, raise alarms, and clear them once they are written', async () => {
  const settlements = await givenFiring()
  await run(`
    create function refuse_stuck() returns trigger language plpgsql as $$ begin
      if new.name ^@ 'stuck' then raise exception 'a secret' using errcode = 'internal_error'; end if; return new; end $$;
    create trigger stuck before update on catch_target for each row execute function refuse_stuck()`)
  const outcomeRecorder = createOutcomeRecorder(testbed.buyer, log, await tryAcquireLease(), pauses)
  let done = 0
  // The stuck ones come first: one more than are written at once.
  for (const settlement of settlements) outcomeRecorder.record(settlement, () => (done += 1))
  await waitUntil('the good ones are settled', async () => (await countOf('lost')) === GOOD)
  expect(await countOf('firing')).toBe(STUCK)
  await waitUntil('the others are alarms', async () => (await openAlarms()).length === STUCK)
  expect(outcomeRecorder.idle()).toBe(false)
  const stuck = settlements.slice(0, STUCK).map((each) => each.targetId)
  const alarms = await openAlarms()
  expect(alarms.map((alarm) => alarm.subject).toSorted()).toEqual(stuck.toSorted())
  for (const alarm of alarms) {
    expect(alarm).toMatchObject({
      kind: 'settlement_stuck',
      facts: { outcome: 'lost', code: 2302, error: expect.stringContaining('XX000') },
    })
    expect(JSON.stringify(alarm.facts)).not.toContain('secret')
  }

  await run('drop trigger stuck on catch_target')
  await outcomeRecorder.drain(AbortSignal.timeout(30_000))
  expect(done).toBe(STUCK + GOOD)
  expect(await countOf('firing')).toBe(0)
  expect(await openAlarms()).toEqual([])
})

test('a recorder that gave an outcome up is never idle again: its evidence is only in the journal', async () => {
  const [settlement] = await givenFiring()
  if (settlement === undefined) throw new Error('no target')
  await run(`
    create function refuse_all() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
    create trigger stuck before update on catch_target for each row execute function refuse_all()`)
  const outcomeRecorder = createOutcomeRecorder(testbed.buyer, log, await tryAcquireLease(), pauses)
  outcomeRecorder.record(settlement, () => undefined)
  await outcomeRecorder.drain(AbortSignal.timeout(200))
  expect(outcomeRecorder.idle()).toBe(false)
})
