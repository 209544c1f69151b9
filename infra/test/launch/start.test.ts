import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test } from 'vitest'
import { readEnvironment } from '../../src/launch/launch-record.ts'
import { placeFor, runningPostmaster, serverUser } from '../../src/postgres/server-user.ts'
import { identityOf } from '../../src/processes/identity.ts'
import { pidsOf, startByNpm, stopped, timeout } from './start-by-npm.ts'

// The real `npm start`, with all its apps, in a separate state folder.

const key = 'dlk_test_demo-anchor-names-usd-0000000001'
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }

/** Orders the first name that can be had. Resolves with the id once it is acknowledged, however long that takes. */
async function order(api: string, ordered: Set<string>): Promise<string> {
  const attempt = async () => {
    const listed = await fetch(`${api}/v1/listings?limit=50`, { headers })
    if (!listed.ok) return undefined
    const { items } = (await listed.json()) as { items: readonly { name: string }[] }
    const name = items.map((listing) => listing.name).find((one) => !ordered.has(one))
    if (name === undefined) return undefined
    ordered.add(name)
    const body = JSON.stringify({ name, payment: 'balance' })
    const answer = await fetch(`${api}/v1/backorders`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': randomUUID() },
      body,
    })
    if (answer.status !== 201) return undefined
    return ((await answer.json()) as { id: string }).id
  }
  let id: string | undefined
  const tried = async () => (id = await attempt().catch(() => undefined))
  await expect.poll(tried, { timeout, interval: 200 }).toBeDefined()
  return id ?? ''
}

/** Which login each app is connected by. */
async function loginsAt(url: string): Promise<readonly string[]> {
  const { rows } = await onServer(url, (client) =>
    client.query<{ login: string }>(
      `select distinct substring(application_name from '^(?:droplock-)?(gateway|console-api|worker|catcher)') || ' as ' || usename as login
       from pg_stat_activity where datname = current_database() and application_name ~ '^(droplock-)?(gateway|console-api|worker|catcher)'
       order by 1`,
    ),
  )
  return rows.map(({ login }) => login)
}

test('npm start outlives its database, asks for a password, and leaves nothing running', {
  timeout: 300_000,
}, async () => {
  const { npm, state, said, sees } = startByNpm()
  await sees(/^droplock: everything is running/)
  const [, api = ''] = await sees(/^droplock: gateway: (http:\S+)/)
  const [, consoleUrl = ''] = await sees(/^droplock: console-api: (http:\S+)/)
  const owner = readEnvironment(state)?.['DATABASE_URL'] ?? ''
  const { password } = new URL(owner)
  expect(password.length).toBeGreaterThan(30)
  expect(statSync(join(state, 'environment.json')).mode & 0o777).toBe(0o600)

  const roles = ['catcher', 'console-api', 'gateway', 'worker']
  const logins = roles.map((app) => `${app} as droplock_local_${app.replace('-', '_')}`)
  const seen = new Set<string>()
  const look = async () => {
    // An app without requests keeps no connection for long.
    await Promise.all([api, consoleUrl].map((url) => fetch(`${url}/readyz`)))
    for (const login of await loginsAt(owner)) seen.add(login)
    return [...seen].toSorted()
  }
  await expect.poll(look, { timeout }).toEqual(logins)

  const ordered = new Set<string>()
  const ids = [await order(api, ordered), await order(api, ordered)]
  const folder = placeFor(join(state, 'postgres'), serverUser(join(state, 'postgres')))
  const postmaster = runningPostmaster(folder) ?? 0
  process.kill(postmaster, 'SIGKILL')
  await sees(/^droplock: the embedded PostgreSQL died; starting it again/)
  ids.push(await order(api, ordered))
  for (const id of ids) expect((await fetch(`${api}/v1/backorders/${id}`, { headers })).status).toBe(200)

  const pids = [...pidsOf(state), runningPostmaster(folder) ?? 0]
  expect(pids.length).toBeGreaterThanOrEqual(7)
  await stopped(npm)
  expect(pids.filter((pid) => identityOf(pid) !== undefined)).toEqual([])
  expect(said.at(-1)).toBe('droplock: stopped; nothing is left running')
  expect(said.filter((line) => line.includes(password))).toEqual([])
})

test('with a database of yours and no registry it runs all but the catcher, and says what is missing', async () => {
  const clone = await cloneDatabase()
  onTestFinished(() => clone.drop())
  const { npm, state, said, sees } = startByNpm({
    DATABASE_URL: clone.url,
    GATEWAY_DATABASE_URL: clone.urls.gateway,
    CONSOLE_API_DATABASE_URL: clone.urls.console_api,
    WORKER_DATABASE_URL: clone.urls.worker,
    CATCHER_DATABASE_URL: clone.urls.catcher,
    MARKETPLACE_DATABASE_URL: clone.urls.marketplace,
  })
  await sees(/^droplock: everything is running/)
  await sees(/^droplock: no registry: DROPLOCK_EPP_CREDENTIALS is not set, so no catcher runs/)
  await sees(/^droplock: DROPLOCK_FEEDS is not set: lists come from sources/)
  for (const app of ['gateway', 'console-api']) {
    const [, url] = await sees(new RegExp(`^droplock: ${app}: (http:\\S+)`))
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  }
  await sees(/^worker: working/)
  for (const login of await loginsAt(clone.url)) expect(login).toMatch(/^([\w-]+) as droplock_test_\d+_\w+$/)
  expect(said.filter((line) => line.startsWith('catcher') || line.includes('ended with'))).toEqual([])
  const pids = pidsOf(state)
  await stopped(npm)
  expect(pids.filter((pid) => identityOf(pid) !== undefined)).toEqual([])
}, 300_000)
