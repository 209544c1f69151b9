import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { acquireLease } from '@droplock/core/leases/acquire'
import { releaseLease } from '@droplock/core/leases/release'
import { discardRun } from '@droplock/core/lists/discard'
import { defineRegistry } from '@droplock/core/registries/define'
import { onServer } from '@droplock/core/testing/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenStaff } from '../../../packages/core/test/support/world.ts'
import { openToday, type TodayPage } from '../../console-api/test/support/open-today.ts'
import { givenShop, registryAccount } from './money/shop.ts'
import { givenWorld, listOf, REGISTRY, type World } from './support/world.ts'

// Each alarm by its real cause, found by the worker as it is run and shown by the console's server as it is run.

const patient = { timeout: 30_000, interval: 50 }
const main = join(import.meta.dirname, '..', 'src', 'main.ts')
const NAME = 'wanted.test'

let world: World
let page: TodayPage
let folder: string
const children: ChildProcess[] = []

beforeEach(async () => {
  world = await givenWorld()
  page = await openToday(world.ctx, world.clone.url, { DROPLOCK_WORKER_SILENT_MS_MAX: '2500' })
  folder = mkdtempSync(join(tmpdir(), 'droplock-feed-'))
})
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => end(child)))
  page.end()
  rmSync(folder, { recursive: true })
  await world.clone.drop()
})

function startWorker(): ChildProcess {
  const env = {
    DATABASE_URL: world.clone.url,
    DROPLOCK_FEEDS: JSON.stringify([{ registryId: REGISTRY, path: folder, lateAfterHours: 26 }]),
    DROPLOCK_FEED_POLL_MS: '100',
    DROPLOCK_PUBLICATION: 'at_once',
    DROPLOCK_SWEEP_ALARMS_MS: '100',
    DROPLOCK_UNDECIDED_AFTER_MS: '1000',
    DROPLOCK_RECONCILE_AT: '00:00',
  }
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' })
  children.push(child)
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** Waits until Today shows exactly these. */
const shows = (...alarms: readonly string[]) =>
  vi.waitFor(async () => {
    const open = (await page.alarms()).map(({ kind, subject }) => `${kind} ${subject}`)
    expect(open.toSorted()).toEqual(alarms.toSorted())
  }, patient)

const run = (text: string) => onServer(world.clone.url, (client) => client.query(text))

const worked = () =>
  vi.waitFor(async () => {
    expect((await run('select from worker_heartbeat')).rowCount).toBe(1)
  }, patient)

/** A name that a reseller has ordered and whose cut-off is over. Answers its target. */
async function givenTarget(): Promise<string> {
  const buyer = await givenShop(world.ctx, [NAME])
  const { accountId } = buyer.actor
  await topUp(world.ctx, { accountId, amountMinor: 10_000n, receiptId: world.ctx.newId() })
  await placeBackorder(buyer, { name: NAME, payment: 'balance' })
  await run('update listing set cutoff_at = clock_timestamp()')
  const targets = () => world.ctx.db.selectFrom('catch_target').select('id').executeTakeFirst()
  await vi.waitFor(async () => expect(await targets()).toBeDefined(), patient)
  return (await targets())?.id ?? ''
}

test('a worker that is frozen, or dead, is an alarm until one works', async () => {
  const frozen = startWorker()
  await worked()
  await shows()
  frozen.kill('SIGSTOP')
  await shows('worker_stopped worker')
  frozen.kill('SIGCONT')
  await shows()
  await end(frozen)
  await shows('worker_stopped worker')
  startWorker()
  await shows()
})

test('a list that does not come is an alarm, and so is one that is held back, until the lists are right', async () => {
  writeFileSync(join(folder, 'a_domain-drop-list.csv'), listOf(['a.test', 'b.test']))
  startWorker()
  await vi.waitFor(async () => expect((await run('select from listing')).rowCount).toBe(2), patient)
  await run(`update feed set list_at = list_at - interval '27 hours'`)
  await shows(`list_late ${REGISTRY} ${folder}`)
  const far = new Date('9999-12-31T23:59:59Z')
  writeFileSync(join(folder, 'b_domain-drop-list.csv'), listOf(['a.test'], far))
  const heldBack = () =>
    world.ctx.db.selectFrom('sync_run').select('id').where('state', '=', 'quarantined').executeTakeFirst()
  await vi.waitFor(async () => expect(await heldBack()).toBeDefined(), patient)
  const runId = (await heldBack())?.id ?? ''
  await shows(`list_quarantined ${runId}`)
  await discardRun(await givenStaff(world.ctx, 'operator'), { runId, reason: 'a wrong year' })
  await shows()
})

test('a target whose registry has no account of ours, or none that a catcher drives, is an alarm until one does', async () => {
  startWorker()
  const target = await givenTarget()
  await acquireLease(world.ctx, registryAccount.id, world.ctx.newId(), 600_000)
  await shows()
  await run('delete from registry_account')
  await shows(`target_uncaught ${target}`)
  await defineRegistry(world.ctx, { id: REGISTRY, profile: 'exact', accounts: [registryAccount], zones: [] })
  await shows(`lease_unheld ${registryAccount.id}`)
  const lease = await acquireLease(world.ctx, registryAccount.id, world.ctx.newId(), 600_000)
  await shows()
  if (lease !== undefined) await releaseLease(world.ctx, lease)
  await shows(`lease_unheld ${registryAccount.id}`)
})

test('a target that nothing has decided after its grace is an alarm', async () => {
  startWorker()
  const target = await givenTarget()
  await acquireLease(world.ctx, registryAccount.id, world.ctx.newId(), 600_000)
  await shows()
  const past = `clock_timestamp() - interval '1 minute'`
  await run(`update catch_target set drop_from = ${past}, drop_to = ${past}, grace_until = ${past}`)
  await shows(`target_undecided ${target}`)
  const later = `clock_timestamp() + interval '1 hour'`
  await run(`update catch_target set drop_to = ${later}, grace_until = ${later}`)
  await shows()
})

test('a broken audit chain is an alarm once the books of the day are proven, until it is whole again', async () => {
  await givenStaff(world.ctx, 'operator')
  await run('drop trigger audit_is_append_only on audit_entry')
  await run(`update audit_entry set reason = 'another' where seq = 1`)
  startWorker()
  await shows('audit_chain_broken audit')
  await run('update audit_entry set reason = null where seq = 1')
  await run(`update reconciliation_run set service_day = service_day - 1`)
  await end(children[0] as ChildProcess)
  startWorker()
  await shows()
})
