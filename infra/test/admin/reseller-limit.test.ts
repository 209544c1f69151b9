import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { listeningAt } from '../../../packages/http/test/support/listening-at.ts'
import { repositoryRoot } from '../../src/paths.ts'

let database: Clone
let gateway: ChildProcess
let url: string
beforeAll(async () => {
  database = await cloneDatabase()
  gateway = spawn(process.execPath, [join(repositoryRoot, 'apps/gateway/src/main.ts')], {
    env: { DATABASE_URL: database.urls.gateway, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  url = await listeningAt(gateway)
})
afterAll(async () => {
  const exited = once(gateway, 'exit')
  if (gateway.kill('SIGKILL')) await exited
  await database.drop()
})

const Printed = z.object({ id: z.string(), key: z.string().optional() })

/** `npm run admin` as it is run. */
async function admin(...args: readonly string[]): Promise<z.output<typeof Printed>> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'infra/src/admin.ts'), ...args, '--json'], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  expect(code).toBe(0)
  return Printed.parse(JSON.parse(out))
}

const limit = (id: string, reads: number, claims: number) =>
  admin('reseller', 'limit', id, '--reads', String(reads), '--claims', String(claims), '--reason', 'a test')

const policyOf = (answer: Response | undefined) => answer?.headers.get('RateLimit-Policy')

test('the quota that `reseller limit` sets is what a gateway that runs serves and says, also of a reseller that is at work', async () => {
  const { id } = await admin('reseller', 'add', 'A reseller', '--currency', 'USD')
  const { key } = await admin('key', 'issue', id, '--label', 'test')
  const ask = (path: string, method = 'GET') =>
    fetch(`${url}${path}`, { method, headers: { Authorization: `Bearer ${key}` } })
  await limit(id, 20, 3)
  expect(policyOf(await ask('/v1/balance'))).toBe('"reads";q=20;w=60')
  expect(policyOf(await ask('/v1/watches/name.test', 'DELETE'))).toBe('"claims";q=3;w=60')
  await limit(id, 40, 3)
  const rush = await Promise.all(Array.from({ length: 100 }, () => ask('/v1/balance')))
  const served = rush.filter(({ status }) => status === 200).length
  // A minute may end in between.
  expect(served).toBeGreaterThanOrEqual(39)
  expect(served).toBeLessThanOrEqual(80)
  const refused = rush.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(100 - served)
  expect(policyOf(refused.at(-1))).toBe('"reads";q=40;w=60')
})
