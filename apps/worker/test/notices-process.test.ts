import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { placeBackorder } from '@droplock/core/backorders/place'
import { watchName } from '@droplock/core/watches'
import { expect, onTestFinished, test, vi } from 'vitest'
import { givenShop } from './money/shop.ts'
import { givenWorld } from './support/world.ts'

const patient = { timeout: 30_000, interval: 20 }
const worker = join(import.meta.dirname, '..', 'src', 'main.ts')
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

test('a running worker notifies of a new drop list, a cut-off and a lapse that are near, and a low balance, once each', async () => {
  const world = await givenWorld()
  onTestFinished(world.clone.drop)
  const { ctx } = world
  const buyer = await givenShop(ctx, ['watched.test', 'held.test'])
  await watchName(buyer, 'watched.test')
  await placeBackorder(buyer, { name: 'held.test', payment: 'card' })
  await ctx.db
    .updateTable('backorder')
    .set({ created_at: inMinutes(-12), pay_by: inMinutes(4) })
    .execute()
  await ctx.db.updateTable('account').set({ low_balance_minor: 1_000n }).execute()
  const env = {
    DATABASE_URL: world.clone.urls.worker,
    DROPLOCK_WATCHES_MS: '50',
    DROPLOCK_DROP_LISTS_MS: '50',
  }
  const child = spawn(process.execPath, [worker], { env, stdio: 'ignore' })
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })
  const notified = async () => {
    const topics = [
      'drop_list.published',
      'watch.cutoff_near',
      'backorder.hold_lapsing',
      'balance.low',
    ] as const
    const events = ctx.db.selectFrom('event').select('topic').where('topic', 'in', topics)
    const rows = await events.where('position', 'is not', null).execute()
    return rows.map(({ topic }) => topic).toSorted()
  }
  const all = ['backorder.hold_lapsing', 'balance.low', 'drop_list.published', 'watch.cutoff_near']
  await vi.waitFor(async () => expect(await notified()).toEqual(all), patient)
})
