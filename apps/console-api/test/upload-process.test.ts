import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { Upload } from '@droplock/contracts/console/sync-runs'
import type { Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { givenRegistry, REGISTRY } from '../../../packages/core/test/support/world.ts'
import { listeningAt } from '../../../packages/http/test/support/listening-at.ts'
import { inHours } from './support/requests.ts'
import { givenStaff, password } from './support/world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const patient = { timeout: 20_000, interval: 20 }

let clone: Clone
let ctx: Context
let server: ChildProcess
let url: string
let headers: Record<string, string>

beforeEach(async () => {
  clone = await cloneDatabase()
  ctx = { db: clone.db, newId }
  await givenRegistry(ctx)
  await startServer()
})
afterEach(async () => {
  const exited = once(server, 'exit')
  if (server.kill('SIGKILL')) await exited
  await clone.drop()
})

/** The server as it is run, with an operator who has signed in. */
async function startServer(): Promise<void> {
  const env = { DATABASE_URL: clone.urls.console_api, PORT: '0', DROPLOCK_PUBLICATION: 'at_once' }
  server = spawn(process.execPath, [mainFile], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  url = await listeningAt(server)
  const { email } = await givenStaff(ctx, 'operator')
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify({ email, password }),
  })
  const { csrf_token } = z.object({ csrf_token: z.string() }).parse(await answer.json())
  const Cookie = answer.headers.get('Set-Cookie')?.split(';', 1)[0] ?? ''
  headers = { Cookie, 'X-CSRF-Token': csrf_token, Origin: url, 'Content-Type': 'application/octet-stream' }
}

const path = `/api/sync-runs?${new URLSearchParams({ registry_id: REGISTRY, file_name: 'a_domain-drop-list.csv' })}`

const upload = (body: Uint8Array<ArrayBuffer> | string, signal?: AbortSignal) =>
  fetch(`${url}${path}`, { method: 'POST', headers, body, ...(signal !== undefined && { signal }) })

const csvOf = (count: number) =>
  `TLD,DOMAIN,EXPIRED,PURGED\n${Array.from({ length: count }, (_, n) => `test,n${n}.test,,${inHours(48)}\n`).join('')}`

const runs = () => clone.db.selectFrom('sync_run').select(['state', 'failure']).orderBy('id').execute()
const isRunState = (state: string) => async () => expect(await runs()).toMatchObject([{ state }])

/** Nothing of a list stays but the run that says why. */
async function expectNothingOfIt(): Promise<void> {
  for (const table of ['listing', 'sync_row', 'sync_reject', 'sync_change'] as const) {
    const { count } = await clone.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<bigint>().as('count'))
      .executeTakeFirstOrThrow()
    expect([table, Number(count)]).toEqual([table, 0])
  }
}

/** Locks the listings, so that a publication waits for as long as the test wants. */
const whileListingsWait = (work: (release: () => Promise<unknown>) => Promise<void>) =>
  onServer(clone.url, async (blocker) => {
    await blocker.query('begin')
    await blocker.query('lock table listing in access exclusive mode')
    await work(() => blocker.query('rollback'))
  })

test('an upload of 40 kB that inflates to millions of line ends is held back at once, and others are answered meanwhile', async () => {
  const list = gzipSync(Buffer.alloc(41_000_000, '\n'))
  expect(list.length).toBeLessThan(41_000)
  const done = new AbortController()
  const uploading = upload(list).finally(() => done.abort())
  const answered: number[] = []
  while (!done.signal.aborted) {
    const response = await fetch(`${url}/healthz`)
    answered.push(response.status)
  }
  const { settlement, sync_run: run } = Upload.parse(await (await uploading).json())
  expect(new Set(answered)).toEqual(new Set([200]))
  expect(settlement).toBe('quarantined')
  expect(run.quarantine_reasons).toContain('beyond_limits')
  expect(run.rejects_by_reason.at(-1)).toEqual({ reason: 'beyond_limits', count: 1 })
  expect(run.rows_read).toBeLessThanOrEqual(10_001)
})

test('an upload whose sender goes away before it is published leaves nothing but a failed run', async () => {
  await whileListingsWait(async (release) => {
    const gone = new AbortController()
    const uploading = upload(csvOf(3_000), gone.signal)
    await vi.waitFor(isRunState('ready'), patient)
    gone.abort()
    await expect(uploading).rejects.toThrow()
    await release()
  })
  await vi.waitFor(isRunState('failed'), patient)
  await expectNothingOfIt()
})

test('an upload that is cut off in the middle leaves nothing but a failed run', async () => {
  const { host, hostname, port } = new URL(url)
  const lines = Object.entries({ ...headers, Host: host, 'Content-Length': '90000000' })
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  socket.write(csvOf(6_000))
  await vi.waitFor(isRunState('running'), patient)
  await vi.waitFor(async () => {
    // Its rows are copied as one statement, so nobody sees them before the end; how many were read is written meanwhile.
    const { rows_read: rows } = await clone.db
      .selectFrom('sync_run')
      .select('rows_read')
      .executeTakeFirstOrThrow()
    expect(rows).toBeGreaterThan(0)
  }, patient)
  socket.destroy()
  await vi.waitFor(isRunState('failed'), patient)
  await expectNothingOfIt()
})
