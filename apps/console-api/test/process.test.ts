import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { freeFailures } from '@droplock/rules/staff'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { givenStaff, password } from './support/world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Locks of this database that somebody waits for. A transaction reads `pg_stat_activity` once, and these anew. */
const waiting =
  'select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())'

/** Starts the server as it is run. It is killed at the end of the test if it is still there. */
function start(environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [mainFile], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    if (child.exitCode === null) child.kill('SIGKILL')
  })
  return child
}

/** The first log line that has `text`. */
async function logLine(child: ChildProcess, text: string): Promise<string> {
  if (child.stdout === null) throw new Error('the child has no standard output')
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(text)) return line
  throw new Error('the server ended without that line')
}

test('on SIGTERM a sign-in that runs is answered, then the process ends with 0', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const { email } = await givenStaff({ db: clone.db, newId }, 'viewer')
  const child = start({ DATABASE_URL: clone.urls.console_api, PORT: '0' })
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(await logLine(child, '"listening"')))
  const exited = once(child, 'exit')

  const answer = await onServer(clone.url, async (blocker) => {
    await blocker.query('begin')
    await blocker.query('lock table staff_account in access exclusive mode')
    const asked = fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ email, password }),
    })
    await expect.poll(async () => (await blocker.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1)
    child.kill('SIGTERM')
    await logLine(child, '"draining"')
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    await blocker.query('rollback')
    return asked
  })
  expect(answer.status).toBe(200)
  expect(await exited).toEqual([0, null])
})

test('on SIGTERM the streams of open windows end at once, then the process ends with 0 and long before its bound', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const { email } = await givenStaff({ db: clone.db, newId }, 'viewer')
  const child = start({ DATABASE_URL: clone.urls.console_api, PORT: '0', DRAIN_MS_MAX: '60000' })
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(await logLine(child, '"listening"')))
  child.stdout?.resume()
  const exited = once(child, 'exit')
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ email, password }),
  })
  const Cookie = signedIn.headers.get('Set-Cookie')?.split(';', 1)[0] ?? ''
  const opened = await Promise.all(
    Array.from({ length: 5 }, () => fetch(`${url}/api/changes`, { headers: { Cookie } })),
  )
  const texts = Promise.all(opened.map((stream) => stream.text()))
  const endedAt = performance.now()
  child.kill('SIGTERM')
  for (const text of await texts) {
    expect(text).toMatch(/^retry: \d+\n\n/)
    expect(text).toMatch(/: closing\n\n$/)
  }
  expect(await exited).toEqual([0, null])
  expect(performance.now() - endedAt).toBeLessThan(20_000)
})

test.each([
  ['unless the proxy is named, all behind it are one source', {}, 429],
  ['behind a proxy that is named, each is a source of their own', { TRUSTED_PROXIES: '127.0.0.0/8' }, 401],
])('%s', async (_, environment, lastStatus) => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const child = start({ DATABASE_URL: clone.urls.console_api, PORT: '0', ...environment })
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(await logLine(child, '"listening"')))
  child.stdout?.resume()
  const statuses: number[] = []
  for (let tried = 0; tried <= freeFailures.source; tried += 1) {
    const { status } = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': `10.0.0.1, 198.51.100.${tried}` },
      body: JSON.stringify({ email: `nobody-${tried}@example.test`, password }),
    })
    statuses.push(status)
  }
  expect(statuses.slice(0, -1).every((each) => each === 401)).toBe(true)
  expect(statuses.at(-1)).toBe(lastStatus)
})

test('a setting that is wrong is one line on standard error, and exit code 1', async () => {
  const child = start({})
  const chunks: Buffer[] = []
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  expect(await once(child, 'close')).toEqual([1, null])
  expect(Buffer.concat(chunks).toString()).toMatch(/^console-api: DATABASE_URL: [^\n]+\n$/)
})

test('no statement of single reads and changes outlives its request', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const { email } = await givenStaff({ db: clone.db, newId }, 'viewer')
  const child = start({ DATABASE_URL: clone.urls.console_api, PORT: '0', REQUEST_MS_MAX: '5000' })
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(await logLine(child, '"listening"')))
  child.stdout?.resume()
  const signIn = () =>
    fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ email, password }),
    })
  const cookie = (await signIn()).headers.get('Set-Cookie')?.split(';', 1)[0] ?? ''
  const readSession = () => fetch(`${url}/api/session`, { headers: { Cookie: cookie } })
  expect((await readSession()).status).toBe(200)

  await onServer(clone.url, (blocker) =>
    onServer(clone.url, async (watcher) => {
      const countWaiting = async () => (await watcher.query(waiting)).rowCount
      await blocker.query('begin; lock table staff_account, staff_session in access exclusive mode')
      const asked = Promise.all(Array.from({ length: 5 }, () => [readSession(), signIn()]).flat())
      await expect.poll(countWaiting).toBeGreaterThan(1)
      expect(new Set((await asked).map(({ status }) => status))).toEqual(new Set([503]))
      await expect.poll(countWaiting).toBe(0)
      await blocker.query('rollback')
    }),
  )
  expect((await readSession()).status).toBe(200)
})
