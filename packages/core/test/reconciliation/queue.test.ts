import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listAudit } from '../../src/audit/read.ts'
import { closeReconciliationItem } from '../../src/reconciliation/close-item.ts'
import { listReconciliationItems, listReconciliationRuns } from '../../src/reconciliation/read.ts'
import { reconcile } from '../../src/reconciliation/reconcile.ts'
import { beginRun } from '../../src/reconciliation/run.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { contextOf, givenStaff } from '../support/world.ts'
import { type BooksWorld, givenCardOrder, inSandboxBooks, movementOf, reconcileNow, terms } from './world.ts'

const page = { offset: 0, limit: 10, sort: { field: 'firstSeenAt', order: 'asc' } } as const

async function givenAltered(world: BooksWorld) {
  const { providerId } = await givenCardOrder(world, 'one.test')
  const movementId = await movementOf(world.there.provider, providerId)
  await world.there.tamper(movementId, 'alter')
  await reconcileNow(world)
  return movementId
}

test('a finding is one open item, however often it is found, and its age is from the first time', () =>
  inSandboxBooks(async (world) => {
    await givenAltered(world)
    await sql`update reconciliation_item set first_seen_at = first_seen_at - interval '1 hour'`.execute(
      world.ctx.db,
    )
    await reconcileNow(world)
    const viewer = await givenStaff(world.ctx, 'viewer')
    const { items, total } = await listReconciliationItems(viewer, { ...page, isOpen: true })
    expect(total).toBe(1)
    expect(items[0]?.ageSeconds).toBeGreaterThanOrEqual(3_600)
    expect(items[0]?.lastSeenAt.getTime()).toBeGreaterThan(items[0]?.firstSeenAt.getTime() ?? 0)
  }))

test('an item that is no longer found closes by itself, with a note', () =>
  inSandboxBooks(async (world) => {
    await givenCardOrder(world, 'one.test')
    const dropped = {
      listBalanceTransactions: async () => ({ kind: 'done', value: { transactions: [] } }) as const,
    }
    const without = { provider: { ...world.there.provider, ...dropped } }
    expect(await reconcileNow(world, without)).toMatchObject({ findings: 1, unmatched: 1 })
    expect(await reconcileNow(world)).toMatchObject({ findings: 0, unmatched: 0 })
    const viewer = await givenStaff(world.ctx, 'viewer')
    const { items } = await listReconciliationItems(viewer, page)
    expect(items).toMatchObject([{ kind: 'missing_there', note: 'no longer found', closedBy: null }])
  }))

test('an item that finance closed stays closed while the finding is unchanged, and a changed one is new', () =>
  inSandboxBooks(async (world) => {
    const movementId = await givenAltered(world)
    const finance = await givenStaff(world.ctx, 'finance')
    const { items } = await listReconciliationItems(finance, page)
    const [item] = items
    if (item === undefined) throw new Error('nothing was found')
    await expect(closeReconciliationItem(finance, item.id, ' ')).rejects.toMatchObject({
      code: 'reason_required',
    })
    const operator = await givenStaff(world.ctx, 'operator')
    await expect(closeReconciliationItem(operator, item.id, 'fine')).rejects.toMatchObject({
      code: 'forbidden',
    })
    await closeReconciliationItem(finance, item.id, 'a rounding of the bank')
    await expect(closeReconciliationItem(finance, item.id, 'again')).rejects.toMatchObject({
      code: 'reconciliation_item_closed',
    })
    expect(await reconcileNow(world)).toMatchObject({ findings: 0, unmatched: 0 })

    await world.there.tamper(movementId, 'alter')
    expect(await reconcileNow(world)).toMatchObject({ findings: 1, unmatched: 1 })
    const open = await listReconciliationItems(finance, { ...page, isOpen: true })
    expect(open.items).toMatchObject([{ subject: item.subject, theirs: { amountMinor: 1_902n } }])
    const closed = await listReconciliationItems(finance, { ...page, isOpen: false })
    expect(closed.items).toMatchObject([
      { id: item.id, note: 'a rounding of the bank', closedBy: { id: finance.actor.staffId } },
    ])
    const audit = await listAudit(finance, {
      offset: 0,
      limit: 1,
      sort: { field: 'seq', order: 'desc' },
      action: 'reconciliation_item.closed',
    })
    expect(audit.items).toMatchObject([{ subjectId: item.id, reason: 'a rounding of the bank' }])
  }))

test('a run records when it was, what it read and its result', () =>
  inSandboxBooks(async (world) => {
    await givenAltered(world)
    const viewer = await givenStaff(world.ctx, 'viewer')
    const { items } = await listReconciliationRuns(viewer, { offset: 0, limit: 1 })
    expect(items).toMatchObject([
      {
        cause: 'command',
        failure: null,
        provider: 'sandbox',
        movements: 1,
        findings: 1,
        unmatched: 1,
        finishedAt: expect.any(Date),
      },
    ])
  }))

test('of many that reconcile at once one does, and a day has one complete run', async () => {
  const { db, drop } = await cloneDatabase()
  try {
    const ctx = contextOf(db)
    const daily = { kind: 'daily', serviceDay: '2026-11-24' } as const
    const begun = await Promise.all(Array.from({ length: 8 }, () => beginRun(ctx, daily, 60_000)))
    expect(begun.filter((run) => run !== undefined)).toHaveLength(1)
    expect(await beginRun(ctx, { kind: 'command' }, 60_000)).toBeUndefined()

    // Its process died: once its time is over another takes the day.
    await sql`update reconciliation_run set expires_at = clock_timestamp()`.execute(db)
    const options = { reports: [], terms }
    const failing = {
      registryAccountId: 'nobody',
      read: async function* () {
        yield* []
        throw new Error('no such report')
      },
    }
    const unread = await reconcile(ctx, { ...options, cause: daily, reports: [failing] })
    expect(unread?.unread).toEqual(['nobody: Error: no such report'])
    expect(await reconcile(ctx, { ...options, cause: daily })).toMatchObject({ unread: [] })
    expect(await reconcile(ctx, { ...options, cause: daily })).toBeUndefined()
    expect(await reconcile(ctx, { ...options, cause: { kind: 'command' } })).toMatchObject({ unread: [] })
  } finally {
    await drop()
  }
})
