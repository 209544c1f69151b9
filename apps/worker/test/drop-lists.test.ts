import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenShop } from './money/shop.ts'
import { givenWorld, type World } from './support/world.ts'

const patient = { timeout: 30_000, interval: 50 }
const main = join(import.meta.dirname, '..', 'src', 'main.ts')

let world: World
const children: ChildProcess[] = []
beforeEach(async () => {
  world = await givenWorld()
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    const exited = once(child, 'exit')
    if (child.kill('SIGKILL')) await exited
  }
  await world.clone.drop()
})

test('of two worker processes one writes the drop list of each publication', async () => {
  const { ctx } = world
  await givenShop(ctx, ['first.test'])
  for (let n = 0; n < 2; n += 1) {
    const env = { DATABASE_URL: world.clone.urls.worker, DROPLOCK_DROP_LISTS_MS: '50' }
    children.push(spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] }))
  }
  const lists = () => ctx.db.selectFrom('drop_list').select('names').orderBy('id').execute()
  await vi.waitFor(async () => expect(await lists()).toEqual([{ names: 1 }]), patient)
  await ctx.db.updateTable('sync_run').set({ published_at: new Date() }).execute()
  await vi.waitFor(async () => expect(await lists()).toEqual([{ names: 1 }, { names: 1 }]), patient)
})
