import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openAccount } from '@droplock/core/accounts/administer'
import { asService, type Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listeningAt } from '../../../packages/http/test/support/listening-at.ts'
import { get, openUnread, readToEnd, watchMemory } from '../../../packages/http/test/support/raw.ts'
import { givenStaff, password } from './support/world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** More than garbage that is not yet collected, and far less than what was held: 550 MiB. */
const GROWTH_MIB_MAX = 250

const SESSIONS = 200
/** 20 MB as CSV: more than a connection's buffers hold, so that an unread export waits. */
const SETS = 50_000
const ledger = '/api/exports/ledger.csv?from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z'

let url: string
let pid: number
let cookie: string
let ctx: Context
const endings: (() => unknown)[] = []
beforeAll(async () => {
  const clone = await cloneDatabase()
  endings.push(clone.drop)
  ctx = { db: clone.db, newId }
  await stock(clone.url)
  const child = spawn(process.execPath, [mainFile], {
    env: { DATABASE_URL: clone.urls.console_api, PORT: '0', WRITE_MS_MAX: '10000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  endings.push(() => child.kill('SIGKILL'))
  pid = child.pid ?? 0
  url = await listeningAt(child)
  const { email } = await givenStaff(ctx, 'finance')
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ')
})
afterAll(async () => {
  for (const end of endings.toReversed()) await end()
})

async function stock(databaseUrl: string): Promise<void> {
  const accountId = await openAccount(asService(ctx), { name: 'A reseller', currency: 'USD' })
  await onServer(databaseUrl, async (client) => {
    // The promises about money are not what is tried here, and checking them for so many takes minutes.
    await client.query('set session_replication_role = replica')
    await client.query(
      `insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency, account_id)
       select 'top_up', cause_id, line, ledger_account, amount, 'USD', case line when 2 then $1::uuid end
       from (select gen_random_uuid() as cause_id from generate_series(1, $2::integer)) as cause,
         (values (1, 'provider_clearing', -100), (2, 'customer_balance', 100)) as line (line, ledger_account, amount)`,
      [accountId, SETS],
    )
    // As the server does by itself before long: without it, it takes the table for an empty one.
    await client.query('analyze posting')
  })
}

const exported = () => fetch(`${url}${ledger}`, { headers: { Cookie: cookie } })
const today = () => fetch(`${url}/api/today`, { headers: { Cookie: cookie } })

test('of 200 exports that no client reads a few are begun and then cut off, and the others are refused with the time to try again', async () => {
  // What the process needs for work of any kind is not counted.
  for (let asked = 0; asked < 20; asked += 1) expect((await today()).status).toBe(200)
  const memory = watchMemory(pid)
  let whole: Response | undefined
  const sockets = await Promise.all(
    Array.from({ length: SESSIONS }, () => openUnread(url, get(ledger, { Cookie: cookie }))),
  )
  for (let asked = 0; asked < 20; asked += 1) expect((await today()).status).toBe(200)
  expect(memory.growthMib()).toBeLessThan(GROWTH_MIB_MAX)
  // Those that were begun are cut off, and others have their turns; only now is anything read.
  await expect.poll(async () => (whole = await exported()).status, { timeout: 60_000 }).toBe(200)
  expect((await whole?.text())?.split('\n').length).toBe(2 * SETS + 2)
  const heads = await Promise.all(sockets.map(async (socket) => (await readToEnd(socket)).slice(0, 12)))
  expect(heads.filter((head) => head === 'HTTP/1.1 429')).toHaveLength(SESSIONS - 2)
})
