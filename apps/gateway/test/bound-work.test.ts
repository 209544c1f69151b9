import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Environment } from '../src/gateway.ts'
import { boundWork } from '../src/http/bound-work.ts'

test('so many requests are under way at once; one more is refused at once, and there is room again when one has ended', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  let begun = 0
  const app = new Hono<Environment>()
  app.onError((error, c) => c.text(error.message, 503))
  app.use(boundWork(2))
  app.get('/', async (c) => {
    begun += 1
    await released
    return c.text('done')
  })
  const taken = [app.request('/'), app.request('/')]
  await expect.poll(() => begun).toBe(2)
  const refused = await app.request('/')
  expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining('Nothing was done')])
  release()
  expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([200, 200])
  expect((await app.request('/')).status).toBe(200)
})

test('a request that fails gives its place back', async () => {
  const app = new Hono<Environment>()
  app.onError((_, c) => c.text('failed', 500))
  app.use(boundWork(1))
  app.get('/', () => {
    throw new Error('a fault')
  })
  expect([(await app.request('/')).status, (await app.request('/')).status]).toEqual([500, 500])
})
