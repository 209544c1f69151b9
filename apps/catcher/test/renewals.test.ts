import { proveLedger } from '@droplock/core/ledger/prove'
import { connectRegistrar } from '@droplock/epp/connect'
import { addYears } from '@droplock/rules/schedule/local-time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCatcher } from './support/drive.ts'
import {
  catchAll,
  decided,
  exDateOf,
  hurry,
  readRenewal,
  refundsOf,
  renewFor,
  renewsOf,
} from './support/renewals.ts'
import { PASSWORD, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NAMES = ['plain', 'cut', 'lost', 'moved', 'locked', 'away', 'odd'].map((label) => `${label}.test`)

const DAY_MS = 24 * 3_600_000

/** Caught names, and a running catcher. */
let testbed: Testbed
let stopCatcher: () => Promise<void>
beforeAll(async () => {
  testbed = await startTestbed()
  stopCatcher = startCatcher(testbed)
  await catchAll(testbed, NAMES)
})
afterAll(async () => {
  await stopCatcher()
  await testbed.end()
})

const fault = (name: string, kind: string, commands: readonly string[], more = {}) =>
  testbed.post('faults', { kind, commands, names: [name], count: 1, ...more })

test('a registration has the registry’s expiry, and a renewal moves it by its years', async () => {
  const before = exDateOf(testbed, 'plain.test')
  const id = await renewFor(testbed, 'plain.test', 3)
  expect(await decided(testbed, id)).toMatchObject({
    state: 'successful',
    new_expires_at: addYears(before, 3),
    expires_at: exDateOf(testbed, 'plain.test'),
    answer_code: 1000,
  })
  expect(exDateOf(testbed, 'plain.test')).toEqual(addYears(before, 3))
})

test('a charge has the amount and the transaction of the registry’s report', async () => {
  const id = await renewFor(testbed, 'plain.test')
  await decided(testbed, id)
  const { svtrid, amount_minor: minor } = await testbed.clone.db
    .selectFrom('registry_charge')
    .select(['svtrid', 'amount_minor'])
    .where('renewal_id', '=', id)
    .executeTakeFirstOrThrow()
  const booked = (await renewsOf(testbed, 'plain.test')).at(-1)
  expect(booked).toContain(`,1,${(Number(minor) / 100).toFixed(2)},,USD,${svtrid}`)
})

test('a renewal whose answer is lost after it was done is done once, and not refunded', async () => {
  const before = exDateOf(testbed, 'cut.test')
  await fault('cut.test', 'cut_after_commit', ['renew'])
  const id = await renewFor(testbed, 'cut.test')
  expect(await decided(testbed, id)).toMatchObject({
    state: 'successful',
    new_expires_at: addYears(before, 1),
  })
  expect(await renewsOf(testbed, 'cut.test')).toHaveLength(1)
  expect(await refundsOf(testbed, id)).toBe(0)
})

test('a renewal that was lost before it was done is tried again, and done once', async () => {
  const before = exDateOf(testbed, 'lost.test')
  await fault('lost.test', 'cut_before_commit', ['renew'])
  const id = await renewFor(testbed, 'lost.test')
  await waitUntil('it is ambiguous', async () => {
    const { request, attempts } = await readRenewal(testbed, id)
    return request === 'sent' && attempts > 0
  })
  expect(await renewsOf(testbed, 'lost.test')).toEqual([])
  expect(await decided(testbed, id)).toMatchObject({
    state: 'successful',
    new_expires_at: addYears(before, 1),
  })
  expect(await renewsOf(testbed, 'lost.test')).toHaveLength(1)
})

test('a renewal that the server did and reported as failed is done once', async () => {
  await fault('odd.test', 'failed_after_commit', ['renew'])
  const id = await renewFor(testbed, 'odd.test')
  expect(await decided(testbed, id)).toMatchObject({ state: 'successful' })
  expect(await renewsOf(testbed, 'odd.test')).toHaveLength(1)
})

test('a renewal with an outdated expiry is refunded, and the next quote is right', async () => {
  const truth = exDateOf(testbed, 'moved.test')
  await testbed.clone.db
    .updateTable('registration')
    .set({ expires_at: new Date(truth.getTime() - 3 * DAY_MS) })
    .where('name', '=', 'moved.test')
    .execute()
  const id = await renewFor(testbed, 'moved.test')
  expect(await decided(testbed, id)).toMatchObject({
    state: 'failed',
    failure_reason: 'expiry_moved',
    expires_at: truth,
  })
  expect(await refundsOf(testbed, id)).toBe(1)
  expect(exDateOf(testbed, 'moved.test')).toEqual(truth)
  expect(await decided(testbed, await renewFor(testbed, 'moved.test'))).toMatchObject({ state: 'successful' })
})

test('a renewal that the registry refuses is refunded once', async () => {
  // The catcher uses all sessions of the account, so it has to leave one free.
  await stopCatcher()
  const { host, port, ca } = testbed.registry
  const registrar = await connectRegistrar(
    {
      endpoint: { host, port, ca },
      credentials: { clID: 'droplock', password: PASSWORD },
      limits: { sessionsMax: 1, commandsPerSecondMax: 1, idleMsMax: 600_000 },
    },
    {},
  )
  const statuses = ['clientRenewProhibited'] as const
  const locked = await registrar.update({ name: 'locked.test', clTRID: 'lock-1', add: { statuses } })
  await registrar.close()
  stopCatcher = startCatcher(testbed)
  expect(locked).toMatchObject({ kind: 'answered', code: 1000 })
  const id = await renewFor(testbed, 'locked.test')
  expect(await decided(testbed, id)).toMatchObject({
    state: 'failed',
    failure_reason: 'refused',
    answer_code: 2304,
  })
  expect(await refundsOf(testbed, id)).toBe(1)
})

test('when the registry is unavailable a renewal fails only after its time, and never if it may have been done', async () => {
  await testbed.post('faults', { kind: 'failed', commands: ['info'], names: ['away.test'], count: 4 })
  const id = await renewFor(testbed, 'away.test')
  await waitUntil('it was tried twice', async () => {
    await hurry(testbed)
    return (await readRenewal(testbed, id)).attempts >= 2
  })
  expect(await readRenewal(testbed, id)).toMatchObject({ state: 'renewing', request: 'waiting' })
  await testbed.clone.db
    .updateTable('renewal')
    .set({ paid_at: new Date(Date.now() - 4 * DAY_MS) })
    .where('id', '=', id)
    .execute()
  expect(await decided(testbed, id)).toMatchObject({ state: 'failed', failure_reason: 'unavailable' })
  expect(await refundsOf(testbed, id)).toBe(1)
  expect(await renewsOf(testbed, 'away.test')).toEqual([])
})

test('after all of this the ledger is right', async () => {
  expect(await proveLedger(testbed.clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 0n },
    escrowDifferenceMinor: { USD: 0n },
    unrefundedFailures: 0,
    balanceMismatches: 0,
  })
})
