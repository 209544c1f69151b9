import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld } from '../../gateway/test/support/world.ts'
import { origin, startMarketplace } from './support/processes.ts'

let world: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.drop())

/** The status of a wrong sign-in whose request says that it came this way. */
async function guess(url: string, forwardedFor: string): Promise<number> {
  const answer = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
    body: JSON.stringify({ email: 'nobody@example.test', password: 'a wrong password' }),
  })
  await answer.text()
  return answer.status
}

const untilRefused = async (next: (n: number) => Promise<number>) => {
  for (let n = 0; n < 10; n += 1) expect(await next(n)).toBe(401)
  expect(await next(10)).toBe(429)
}

test('behind a trusted proxy each address has sign-ins of its own, and what a client writes before it is not read', async () => {
  const { url } = await startMarketplace(world.urls, 'http://127.0.0.1:9')
  await untilRefused((n) => guess(url, `10.0.0.${n}, 203.0.113.20`))
  expect(await guess(url, '203.0.113.21')).toBe(401)
})

test('without a proxy to trust the address is that of the connection', async () => {
  const { url } = await startMarketplace(world.urls, 'http://127.0.0.1:9', { TRUSTED_PROXIES: '' })
  await untilRefused((n) => guess(url, `203.0.113.${100 + n}`))
})
