import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { raiseAlarms } from '../../src/alarms/raise.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { writeDropList } from '../../src/drop-lists/write.ts'
import { readEvents } from '../../src/events/feed.ts'
import { notifyLapsingHolds, notifyNearCutoffs } from '../../src/notices.ts'
import { followMoves } from '../../src/schedule/follow-moves.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { watchName } from '../../src/watches.ts'
import { hold } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { givenOpen, inMinutes, NAME } from '../support/held.ts'
import { advanceAll, givenReceiver } from '../support/receivers.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'

/** The topics that an account may read, in order, without those of its other doings. */
async function topicsTo(ctx: Context, { actor }: AccountContext): Promise<readonly string[]> {
  await advanceAll(ctx)
  const { events } = await readEvents(ctx, { accountId: actor.accountId, limit: 100 })
  return events.map(({ topic }) => topic).filter((topic) => !/held|secured|topped/.test(topic))
}

/** Moves the only listing's cut-off. */
const closesIn = (ctx: Context, minutes: number) =>
  ctx.db
    .updateTable('listing')
    .set({
      cutoff_at: inMinutes(minutes),
      drop_from: inMinutes(minutes + 1),
      drop_to: inMinutes(minutes + 2),
    })
    .execute()

const holdsFor = (ctx: Context, minutes: number, left: number) =>
  ctx.db
    .updateTable('backorder')
    .set({ created_at: inMinutes(left - minutes), pay_by: inMinutes(left) })
    .execute()

test('the holder of an unpaid hold is notified five minutes before it lapses, once', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME] })
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    const { id } = await hold(buyer, new FakeProvider(), NAME)
    await holdsFor(ctx, 16, 5.2)
    expect(await notifyLapsingHolds(ctx)).toBe(0)
    await holdsFor(ctx, 16, 4.9)
    expect([await notifyLapsingHolds(ctx), await notifyLapsingHolds(ctx)]).toEqual([1, 0])
    expect(await topicsTo(ctx, buyer)).toEqual(['backorder.hold_lapsing'])
    const { events } = await readEvents(ctx, { topics: ['backorder.hold_lapsing'], limit: 1 })
    expect(events[0]?.data).toMatchObject({ id, state: 'pending_payment', pay_by: expect.any(String) })
  }))

test('of a short hold its last third is near its end, and of one that is over nobody is notified', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: [NAME] })
    const buyer = await givenAccount(ctx, { balanceMinor: 0n })
    await hold(buyer, new FakeProvider(), NAME)
    await holdsFor(ctx, 3, 1.1)
    expect(await notifyLapsingHolds(ctx)).toBe(0)
    await holdsFor(ctx, 3, -0.1)
    expect(await notifyLapsingHolds(ctx)).toBe(0)
    await holdsFor(ctx, 3, 0.9)
    expect(await notifyLapsingHolds(ctx)).toBe(1)
  }))

test('who watches an open name is notified an hour before it closes, once for each cut-off', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOpen(ctx, 600)
    const [buyer, stranger] = [await givenAccount(ctx), await givenAccount(ctx)]
    await watchName(buyer, NAME)
    await closesIn(ctx, 61)
    expect(await notifyNearCutoffs(ctx)).toBe(0)
    await closesIn(ctx, 59)
    expect([await notifyNearCutoffs(ctx), await notifyNearCutoffs(ctx)]).toEqual([1, 0])
    await closesIn(ctx, 58)
    expect(await notifyNearCutoffs(ctx)).toBe(1)
    expect(await topicsTo(ctx, buyer)).toEqual(['watch.cutoff_near', 'watch.cutoff_near'])
    expect(await topicsTo(ctx, stranger)).toEqual([])
  }))

test.each<[string, (ctx: Context) => Promise<unknown>]>([
  [
    'somebody has ordered',
    async (ctx) => placeBackorder(await givenAccount(ctx), { name: NAME, payment: 'balance' }),
  ],
  ['is premium', (ctx) => ctx.db.updateTable('listing').set({ premium: true }).execute()],
  [
    'is closed',
    (ctx) =>
      ctx.db
        .updateTable('listing')
        .set({ cutoff_at: inMinutes(-1) })
        .execute(),
  ],
  [
    'is of a zone that takes no orders',
    (ctx) => ctx.db.updateTable('zone').set({ enabled: false }).execute(),
  ],
])('nobody is notified of the cut-off of a name that %s', (_, change) =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOpen(ctx, 600)
    await watchName(await givenAccount(ctx), NAME)
    await closesIn(ctx, 30)
    await change(ctx)
    expect(await notifyNearCutoffs(ctx)).toBe(0)
  }),
)

test('those who watch a name are notified when its schedule moves, and its holder of the order alone', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx, 600)
    const [holder, watcher] = [await givenAccount(ctx), await givenAccount(ctx)]
    await placeBackorder(holder, { name: NAME, payment: 'balance' })
    for (const account of [holder, watcher]) await watchName(account, NAME)
    await followMoves(tx, ctx, [listingId])
    expect(await topicsTo(ctx, watcher)).toEqual(['watch.rescheduled'])
    expect(await topicsTo(ctx, holder)).toEqual(['backorder.rescheduled'])
  }))

test('those who watch a name that nobody holds are notified when a list moves it', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenOpen(ctx, 600)
    const watcher = await givenAccount(ctx)
    await watchName(watcher, NAME)
    await givenListings(ctx, { names: [NAME], purgeAt: new Date(Date.now() + 10 * 86_400_000) })
    expect(await topicsTo(ctx, watcher)).toEqual(['watch.rescheduled'])
  }))

test('a new drop list is an event of every account and its endpoints; an alarm of none', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: ['a.test', 'b.test'] })
    const accounts = [await givenAccount(ctx), await givenAccount(ctx)]
    const topics = ['drop_list.published', 'alarm.opened'] as const
    for (const { actor } of accounts) await givenReceiver(ctx, { accountId: actor.accountId, topics })
    await raiseAlarms(ctx, [{ kind: 'audit_chain_broken', subject: 'audit', facts: {} }])
    expect(await writeDropList(ctx)).toBe(2)
    for (const account of accounts) expect(await topicsTo(ctx, account)).toEqual(['drop_list.published'])
    const [list] = (await readEvents(ctx, { topics: ['drop_list.published'], limit: 1 })).events
    const { id } = await ctx.db.selectFrom('drop_list').select('id').executeTakeFirstOrThrow()
    expect(list?.data).toMatchObject({ id, names: 2, zones: [{ zone: 'test', names: 2 }] })
    const { rows } = await sql<{ topic: string }>`
      select topic from event_delivery join event on event.id = event_id`.execute(tx)
    expect(rows.map(({ topic }) => topic)).toEqual(['drop_list.published', 'drop_list.published'])
  }))

test('a name in the sandbox of another account is in no event of anybody else, and its zone is in no event of a list', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { listingId } = await givenOpen(ctx, 600)
    const [owner, other] = [await givenAccount(ctx), await givenAccount(ctx)]
    for (const account of [owner, other]) await watchName(account, NAME)
    await tx
      .updateTable('zone')
      .set({ is_sandbox: true, sandbox_account_id: owner.actor.accountId })
      .execute()
    await closesIn(ctx, 30)
    expect(await notifyNearCutoffs(ctx)).toBe(1)
    await followMoves(tx, ctx, [listingId])
    expect(await topicsTo(ctx, owner)).toEqual(['watch.cutoff_near', 'watch.rescheduled'])
    expect(await topicsTo(ctx, other)).toEqual([])
    await writeDropList(ctx)
    await sql`update sync_run set published_at = published_at + interval '1 minute'`.execute(tx)
    await writeDropList(ctx)
    await advanceAll(ctx)
    const [list, ...others] = (await readEvents(ctx, { topics: ['drop_list.published'], limit: 9 })).events
    expect(list?.data).toMatchObject({ names: 0, zones: [] })
    expect(others).toEqual([])
  }))
