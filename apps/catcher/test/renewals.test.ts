import { proveLedger } from '@droplock/core/ledger/prove'
import { connectRegistrar } from '@droplock/epp/connect'
import { addYears } from '@droplock/rules/schedule/local-time'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Arena, openArena, PASSWORD } from './support/arena.ts'
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
import { waitUntil } from './support/wait-until.ts'

const NAMES = ['plain', 'cut', 'lost', 'moved', 'locked', 'away', 'odd'].map((label) => `${label}.test`)

const DAY_MS = 24 * 3_600_000

/** Names that are ours at the registry, and a catcher that serves. */
let arena: Arena
let stopCatcher: () => Promise<void>
beforeAll(async () => {
  arena = await openArena()
  stopCatcher = startCatcher(arena)
  await catchAll(arena, NAMES)
})
afterAll(async () => {
  await stopCatcher()
  await arena.end()
})

const fault = (name: string, kind: string, commands: readonly string[], more = {}) =>
  arena.post('faults', { kind, commands, names: [name], count: 1, ...more })

test('a registration ends when the registry says so, and a renewal moves that by its years', async () => {
  const before = exDateOf(arena, 'plain.test')
  const id = await renewFor(arena, 'plain.test', 3)
  expect(await decided(arena, id)).toMatchObject({
    state: 'successful',
    new_expires_at: addYears(before, 3),
    expires_at: exDateOf(arena, 'plain.test'),
    answer_code: 1000,
  })
  expect(exDateOf(arena, 'plain.test')).toEqual(addYears(before, 3))
})

test('a charge has the amount and the transaction of the registry’s own report', async () => {
  const id = await renewFor(arena, 'plain.test')
  await decided(arena, id)
  const { svtrid, amount_minor: minor } = await arena.clone.db
    .selectFrom('registry_charge')
    .select(['svtrid', 'amount_minor'])
    .where('renewal_id', '=', id)
    .executeTakeFirstOrThrow()
  const booked = (await renewsOf(arena, 'plain.test')).at(-1)
  expect(booked).toContain(`,1,${(Number(minor) / 100).toFixed(2)},,USD,${svtrid}`)
})

test('a renewal whose answer is lost after it was done is done once, and not refunded', async () => {
  const before = exDateOf(arena, 'cut.test')
  await fault('cut.test', 'cut_after_commit', ['renew'])
  const id = await renewFor(arena, 'cut.test')
  expect(await decided(arena, id)).toMatchObject({ state: 'successful', new_expires_at: addYears(before, 1) })
  expect(await renewsOf(arena, 'cut.test')).toHaveLength(1)
  expect(await refundsOf(arena, id)).toBe(0)
})

test('a renewal that got lost before it was done is looked after, and then done once', async () => {
  const before = exDateOf(arena, 'lost.test')
  await fault('lost.test', 'cut_before_commit', ['renew'])
  const id = await renewFor(arena, 'lost.test')
  await waitUntil('it is in doubt', async () => {
    const { request, attempts } = await readRenewal(arena, id)
    return request === 'sent' && attempts > 0
  })
  expect(await renewsOf(arena, 'lost.test')).toEqual([])
  expect(await decided(arena, id)).toMatchObject({ state: 'successful', new_expires_at: addYears(before, 1) })
  expect(await renewsOf(arena, 'lost.test')).toHaveLength(1)
})

test('a renewal of which the server says that it failed, although it did it, is done once', async () => {
  await fault('odd.test', 'failed_after_commit', ['renew'])
  const id = await renewFor(arena, 'odd.test')
  expect(await decided(arena, id)).toMatchObject({ state: 'successful' })
  expect(await renewsOf(arena, 'odd.test')).toHaveLength(1)
})

test('nothing is renewed on an expiry that is not the registry’s: the money goes back, and the next quote is right', async () => {
  const truth = exDateOf(arena, 'moved.test')
  await arena.clone.db
    .updateTable('registration')
    .set({ expires_at: new Date(truth.getTime() - 3 * DAY_MS) })
    .where('name', '=', 'moved.test')
    .execute()
  const id = await renewFor(arena, 'moved.test')
  expect(await decided(arena, id)).toMatchObject({
    state: 'failed',
    failure_reason: 'expiry_moved',
    expires_at: truth,
  })
  expect(await refundsOf(arena, id)).toBe(1)
  expect(exDateOf(arena, 'moved.test')).toEqual(truth)
  expect(await decided(arena, await renewFor(arena, 'moved.test'))).toMatchObject({ state: 'successful' })
})

test('a renewal that the registry refuses is refunded once', async () => {
  // The account has as many sessions as it may, so that its catcher makes room.
  await stopCatcher()
  const { host, port, ca } = arena.registry
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
  stopCatcher = startCatcher(arena)
  expect(locked).toMatchObject({ kind: 'answered', code: 1000 })
  const id = await renewFor(arena, 'locked.test')
  expect(await decided(arena, id)).toMatchObject({
    state: 'failed',
    failure_reason: 'refused',
    answer_code: 2304,
  })
  expect(await refundsOf(arena, id)).toBe(1)
})

test('a registry that cannot be asked fails a renewal only after its time, and never one that may be done', async () => {
  await arena.post('faults', { kind: 'failed', commands: ['info'], names: ['away.test'], count: 4 })
  const id = await renewFor(arena, 'away.test')
  await waitUntil('it was tried twice', async () => {
    await hurry(arena)
    return (await readRenewal(arena, id)).attempts >= 2
  })
  expect(await readRenewal(arena, id)).toMatchObject({ state: 'renewing', request: 'waiting' })
  await arena.clone.db
    .updateTable('renewal')
    .set({ paid_at: new Date(Date.now() - 4 * DAY_MS) })
    .where('id', '=', id)
    .execute()
  expect(await decided(arena, id)).toMatchObject({ state: 'failed', failure_reason: 'unavailable' })
  expect(await refundsOf(arena, id)).toBe(1)
  expect(await renewsOf(arena, 'away.test')).toEqual([])
})

test('after all of it the money is where it belongs', async () => {
  expect(await proveLedger(arena.clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowMinor: { USD: 0n },
    escrowDifferenceMinor: { USD: 0n },
    unrefundedFailures: 0,
    balanceMismatches: 0,
  })
})
