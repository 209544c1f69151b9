import type { DropEntry, ListScope } from '@droplock/rules/ports/drop-feed'
import { expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context } from '../../src/context.ts'
import { getListing } from '../../src/listings/read.ts'
import { publishRun } from '../../src/lists/publish.ts'
import { stageList } from '../../src/lists/stage.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  REGISTRY,
  stage,
  withdrawAll,
  ZONE,
  zone,
} from '../support/world.ts'

const NAME = 'wanted.test'
const order = { name: NAME, payment: 'balance' } as const
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)

test('publishing a list opens one listing per name, with the window and cut-off of its zone', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const purgeAt = inHours(2)
    const publication = await givenListings(ctx, { names: ['a.test', 'b.test'], purgeAt })
    const listing = await getListing(await givenAccount(ctx), 'a.test')
    expect(publication).toEqual({
      added: 2,
      moved: 0,
      suspected: 0,
      overridden: 0,
      unchanged: 0,
      tooLate: 0,
      blocked: 0,
    })
    expect(listing).toMatchObject({ state: 'open', orderable: true, cycle: 1, dropFrom: purgeAt })
    expect(listing.cutoffAt).toEqual(new Date(purgeAt.getTime() - 60_000))
  }))

test('the listings of a list that is published early are upcoming until they open', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME], opensAt: inHours(1) })
    expect(await getListing(await givenAccount(ctx), NAME)).toMatchObject({
      state: 'upcoming',
      orderable: false,
    })
  }))

test('the same content twice is published once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME], content: 'the same' })
    await expect(givenListings(ctx, { names: [NAME], content: 'the same' })).rejects.toMatchObject({
      code: 'list_already_published',
    })
    const runs = await tx.selectFrom('sync_run').select('state').orderBy('id').execute()
    expect(runs).toEqual([{ state: 'published' }, { state: 'ready' }])
  }))

test('the same names again change nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const purgeAt = inHours(2)
    await givenListings(ctx, { names: [NAME], purgeAt })
    expect(await givenListings(ctx, { names: [NAME], purgeAt })).toMatchObject({
      added: 0,
      moved: 0,
      unchanged: 1,
    })
  }))

test('two lists with the same name, published at once, add one listing', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    await givenRegistry(ctx)
    const purgeAt = inHours(2)
    for (let round = 0; round < 20; round += 1) {
      const names = [`round-${round}.test`, NAME]
      const runs = await Promise.all([stage(ctx, { names, purgeAt }), stage(ctx, { names, purgeAt })])
      const results = await Promise.all(
        runs.map((run) => publishRun(ctx, { runId: run.id, opensAt: new Date(0) })),
      )
      expect(results.reduce((sum, each) => sum + each.added, 0)).toBe(round === 0 ? 2 : 1)
    }
    const rows = await clone.db.selectFrom('listing').select('name').where('name', '=', NAME).execute()
    expect(rows).toHaveLength(1)
  } finally {
    await clone.drop()
  }
})

test('a name that was withdrawn and is listed again is a new cycle, and can be ordered', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME] })
    await withdrawAll(ctx)

    await givenListings(ctx, { names: [NAME] })
    const buyer = await givenAccount(ctx)
    await placeBackorder(buyer, order)

    expect(await getListing(buyer, NAME)).toMatchObject({ cycle: 2, heldByYou: true })
  }))

test('a drop moved later re-opens the listing and keeps its holder', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME], purgeAt: inHours(1) })
    const buyer = await givenAccount(ctx)
    await placeBackorder(buyer, order)
    await tx.updateTable('listing').set({ cutoff_at: new Date() }).execute()
    expect(await closeDue(ctx)).toEqual({ closed: 1, armed: 1 })

    expect(await givenListings(ctx, { names: [NAME], purgeAt: inHours(3) })).toMatchObject({ moved: 1 })

    expect(await getListing(buyer, NAME)).toMatchObject({ state: 'open', heldByYou: true, orderable: false })
    expect(await tx.selectFrom('catch_target').select('state').execute()).toEqual([{ state: 'disarmed' }])

    await tx.updateTable('listing').set({ cutoff_at: new Date() }).execute()
    expect(await closeDue(ctx)).toEqual({ closed: 1, armed: 1 })
    expect(await tx.selectFrom('catch_target').select('state').execute()).toEqual([{ state: 'armed' }])
  }))

test('a drop moved earlier closes the listing and keeps the secured order', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME], purgeAt: inHours(3) })
    const buyer = await givenAccount(ctx)
    await placeBackorder(buyer, order)

    await givenListings(ctx, { names: [NAME], purgeAt: new Date(Date.now() + 30_000) })

    expect(await closeDue(ctx)).toEqual({ closed: 1, armed: 1 })
    expect(await getListing(buyer, NAME)).toMatchObject({ state: 'closed', heldByYou: true })
  }))

test('a drop that moves after the cut-off, but not so far that it re-opens, stays armed with the new window', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME], purgeAt: inHours(1) })
    const buyer = await givenAccount(ctx)
    await placeBackorder(buyer, order)
    await tx.updateTable('listing').set({ cutoff_at: new Date() }).execute()
    expect(await closeDue(ctx)).toEqual({ closed: 1, armed: 1 })

    // The zone's cut-off is a minute before its window, so this one has passed.
    const purgeAt = new Date(Date.now() + 30_000)
    expect(await givenListings(ctx, { names: [NAME], purgeAt })).toMatchObject({ moved: 1 })

    expect(await getListing(buyer, NAME)).toMatchObject({ state: 'closed', heldByYou: true })
    expect(await tx.selectFrom('catch_target').select(['state', 'drop_from']).execute()).toEqual([
      { state: 'armed', drop_from: purgeAt },
    ])
  }))

test('a name that a snapshot lacks is suspect until a list carries it; an increment makes no name suspect', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const buyer = await givenAccount(ctx)
    const purgeAt = inHours(2)
    await givenListings(ctx, { names: ['a.test', NAME], purgeAt })
    await givenListings(ctx, { names: ['a.test'], purgeAt, scope: 'increment' })
    expect(await getListing(buyer, NAME)).toMatchObject({ suspect: false })

    expect(await givenListings(ctx, { names: ['a.test'], purgeAt, scope: 'snapshot' })).toMatchObject({
      suspected: 1,
    })
    expect(await getListing(buyer, NAME)).toMatchObject({ suspect: true, state: 'open', orderable: false })

    await givenListings(ctx, { names: ['a.test', NAME], purgeAt, scope: 'snapshot' })
    expect(await getListing(buyer, NAME)).toMatchObject({ suspect: false, orderable: true })
  }))

const scoped = (day: string) => ({ zones: [ZONE], kind: 'snapshot', from: day, to: day }) as const

test('a name that drops on the day after a snapshot is not suspect, whatever the day in UTC', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx, [zone({ dropTimeZone: 'Europe/Warsaw' })])
    // Local midnight of 2 May 2080 is still 1 May in UTC.
    await givenListings(ctx, { names: [NAME], purgeAt: new Date('2080-05-01T22:00:00Z') })
    expect(await publishEmpty(ctx, scoped('2080-05-01'))).toMatchObject({ suspected: 0 })
  }))

test('a name that drops on the day of a snapshot and is not in it is suspect', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx, [zone({ dropTimeZone: 'Europe/Warsaw' })])
    await givenListings(ctx, { names: [NAME], purgeAt: new Date('2080-05-01T12:00:00Z') })
    expect(await publishEmpty(ctx, scoped('2080-05-01'))).toMatchObject({ suspected: 1 })
  }))

async function publishEmpty(ctx: Context, scope: ListScope) {
  const run = await stageList(ctx, {
    registryId: REGISTRY,
    source: 'test',
    format: 'test',
    contentSha256: () => Buffer.from('no rows'),
    scope: () => scope,
    entries: (async function* (): AsyncGenerator<DropEntry> {})(),
  })
  return publishRun(ctx, { runId: run.id, opensAt: new Date(0) })
}

test('a name whose cut-off has passed is counted and not listed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    expect(await givenListings(ctx, { names: [NAME], purgeAt: new Date() })).toMatchObject({
      added: 0,
      tooLate: 1,
      blocked: 0,
    })
  }))

test('a run is published once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const run = await stage(ctx, { names: [NAME] })
    await publishRun(ctx, { runId: run.id, opensAt: new Date(0) })
    await expect(publishRun(ctx, { runId: run.id, opensAt: new Date(0) })).rejects.toMatchObject({
      code: 'sync_run_not_publishable',
    })
  }))
