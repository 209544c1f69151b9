import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContact } from '@droplock/core/account-contacts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { asService } from '@droplock/core/context'
import { acquireLease, releaseLease } from '@droplock/core/leases'
import { discardRun } from '@droplock/core/lists/discard'
import { defineRegistry } from '@droplock/core/registries/define'
import { restartRegistry } from '@droplock/core/registry-stops/restart'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { givenStaff } from '../../../packages/core/test/support/world.ts'
import { givenShop, registryAccount } from './money/shop.ts'
import { kill, openWatched, type Watched } from './support/watched.ts'
import { givenSource, listOf, REGISTRY, sourceRow } from './support/world.ts'

// Each alarm by its real cause, found by the worker as it is run and shown by the console's server as it is run.

const NAME = 'wanted.test'

let watched: Watched
let folder: string

beforeEach(async () => {
  watched = await openWatched()
  folder = mkdtempSync(join(tmpdir(), 'droplock-feed-'))
})
afterEach(async () => {
  await watched.end()
  rmSync(folder, { recursive: true })
})

const startWorker = () =>
  watched.startWorker({
    DROPLOCK_FEEDS: JSON.stringify([{ registryId: REGISTRY, path: folder, lateAfterHours: 26 }]),
    DROPLOCK_FEED_POLL_MS: '100',
    DROPLOCK_CONTACTS_MS: '100',
    DROPLOCK_PUBLICATION: 'at_once',
    DROPLOCK_RECONCILE_AT: '00:00',
  })

/** A name that a reseller has ordered and whose cut-off is over. Answers its target. */
async function givenTarget(): Promise<string> {
  const { world, run, waitFor } = watched
  const buyer = await givenShop(world.ctx, [NAME])
  const { accountId } = buyer.actor
  await topUp(world.ctx, { accountId, amountMinor: 10_000n, receiptId: world.ctx.newId() })
  await placeBackorder(buyer, { name: NAME, payment: 'balance' })
  await run('update listing set cutoff_at = clock_timestamp()')
  const targets = () => world.ctx.db.selectFrom('catch_target').select('id').executeTakeFirst()
  await waitFor(async () => expect(await targets()).toBeDefined())
  return (await targets())?.id ?? ''
}

test('a worker that is frozen, or dead, is an alarm until one works', async () => {
  const { run, shows, waitFor } = watched
  const frozen = startWorker()
  await waitFor(async () => expect((await run('select from worker_heartbeat')).rowCount).toBe(1))
  await shows()
  frozen.kill('SIGSTOP')
  await shows('worker_stopped worker')
  frozen.kill('SIGCONT')
  await shows()
  await kill(frozen)
  await shows('worker_stopped worker')
  startWorker()
  await shows()
})

test('a list that does not come is an alarm, and so is one that is held back, until the lists are right', async () => {
  const { world, run, shows, waitFor } = watched
  writeFileSync(join(folder, 'a_domain-drop-list.csv'), listOf(['a.test', 'b.test']))
  startWorker()
  await waitFor(async () => expect((await sourceRow(world)).good_at).not.toBeNull())
  await run(`update list_source set list_at = list_at - interval '27 hours'`)
  await shows(`list_late ${(await sourceRow(world)).id}`)
  const far = new Date('9999-12-31T23:59:59Z')
  writeFileSync(join(folder, 'b_domain-drop-list.csv'), listOf(['a.test'], far))
  const heldBack = () =>
    world.ctx.db.selectFrom('sync_run').select('id').where('state', '=', 'quarantined').executeTakeFirst()
  await waitFor(async () => expect(await heldBack()).toBeDefined())
  const runId = (await heldBack())?.id ?? ''
  await shows(`list_quarantined ${runId}`)
  await discardRun(await givenStaff(world.ctx, 'operator'), { runId, reason: 'a wrong year' })
  await shows()
})

test('a source that had no list by its time of day is an alarm until one comes', async () => {
  const { world, run, shows, waitFor } = watched
  const aMinuteAgo = new Date(Date.now() - 60_000).toISOString().slice(11, 16)
  const expected = {
    expectedBy: aMinuteAgo,
    timeZone: 'UTC',
    lateAllowanceSeconds: 0,
    lateAfterSeconds: null,
  }
  const id = await givenSource(world, { address: folder, scopeKind: 'increment', ...expected })
  watched.startWorker({ DROPLOCK_FEED_POLL_MS: '100', DROPLOCK_PUBLICATION: 'at_once' })
  await waitFor(async () => expect((await sourceRow(world)).tried_at).not.toBeNull())
  await shows()
  // Its last list came days ago. So one was due a minute ago, also where that was before midnight.
  await run(`update list_source set list_at = list_at - interval '2 days'`)
  await shows(`list_late ${id}`)
  writeFileSync(join(folder, 'a_domain-drop-list.csv'), listOf(['a.test']))
  await shows()
})

test('a target whose registry has no account of ours, or none that a catcher drives, is an alarm until one does', async () => {
  const { world, run, shows } = watched
  startWorker()
  const target = await givenTarget()
  await acquireLease(world.ctx, registryAccount.id, world.ctx.newId(), 600_000)
  await shows()
  await run('delete from registry_host; delete from registry_account')
  await shows(`target_uncaught ${target}`)
  await defineRegistry(asService(world.ctx), {
    id: REGISTRY,
    profile: 'generic',
    accounts: [registryAccount],
    zones: [],
  })
  await shows(`lease_unheld ${registryAccount.id}`)
  const lease = await acquireLease(world.ctx, registryAccount.id, world.ctx.newId(), 600_000)
  await shows()
  if (lease !== undefined) await releaseLease(world.ctx, lease)
  await shows(`lease_unheld ${registryAccount.id}`)
})

test('a contact that is not made as the cut-off comes near is an alarm, and its holder is notified once', async () => {
  const { world, run, shows, waitFor } = watched
  const buyer = await givenShop(world.ctx, [NAME])
  await run(`update zone set contact_roles = '{registrant}'`)
  const address = { name: 'Rita', street: ['1 Main Street'], city: 'London', country: 'GB' }
  const details = { postal: [{ type: 'int', ...address }], email: 'names@example.com' } as const
  const { id: contactId } = await createContact(buyer, { details, isDefault: false })
  const { accountId } = buyer.actor
  await topUp(world.ctx, { accountId, amountMinor: 10_000n, receiptId: world.ctx.newId() })
  const { id } = await placeBackorder(buyer, { name: NAME, payment: 'balance', contactId })
  // No catcher runs, so what the worker requests is not made.
  startWorker()
  await waitFor(async () => expect((await run('select from registry_request')).rowCount).toBe(1))
  await acquireLease(world.ctx, registryAccount.id, world.ctx.newId(), 600_000)
  await shows()
  await run(`update registry_request set created_at = created_at - interval '6 minutes'`)
  const listing = await world.ctx.db.selectFrom('listing').select('id').executeTakeFirstOrThrow()
  await shows(`contact_missing ${listing.id}`)
  const events = world.ctx.db
    .selectFrom('event')
    .select(['subject_id', 'data'])
    .where('topic', '=', 'backorder.contact_pending')
  await waitFor(async () => expect(await events.execute()).toHaveLength(1))
  expect(await events.execute()).toMatchObject([
    {
      subject_id: id,
      data: { name: NAME, pending_contact: { contact_id: contactId, roles: ['registrant'] } },
    },
  ])
})

test('a registry password that expires within days is an alarm until the date is later', async () => {
  const { world, run, shows } = watched
  await givenShop(world.ctx, [NAME])
  const expiresIn = (days: number) =>
    run(`update registry_account set password_expires_at = clock_timestamp() + interval '${days} days'`)
  await expiresIn(3)
  startWorker()
  await shows(`password_expires ${registryAccount.id}`)
  await expiresIn(300)
  await shows()
})

test('a stopped registry is an alarm until it is restarted, also where a person closes it', async () => {
  const { world, run, shows } = watched
  await givenShop(world.ctx, [NAME])
  const stop = { registryId: REGISTRY, reason: 'a wrong policy' }
  await stopRegistry(asService(world.ctx), stop)
  await run('update alarm set closed_at = clock_timestamp()')
  startWorker()
  await shows(`registry_stopped ${REGISTRY}`)
  await restartRegistry(asService(world.ctx), stop)
  await shows()
})

test('a target that nothing has decided after its grace is an alarm', async () => {
  const { world, run, shows } = watched
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
  const { world, run, shows } = watched
  await givenStaff(world.ctx, 'operator')
  await run('drop trigger audit_is_append_only on audit_entry')
  await run(`update audit_entry set reason = 'another' where seq = 1`)
  const first = startWorker()
  await shows('audit_chain_broken audit')
  await watched.waitFor(async () => {
    const underWay = await run('select from reconciliation_run where finished_at is null')
    expect(underWay.rowCount).toBe(0)
  })
  // Before the day is taken back: it would begin to prove the books again.
  await kill(first)
  await run('update audit_entry set reason = null where seq = 1')
  await run(`update reconciliation_run set service_day = service_day - 1`)
  startWorker()
  await shows()
})
