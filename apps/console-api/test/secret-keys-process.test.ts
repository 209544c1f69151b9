import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { asService, type Context } from '@droplock/core/context'
import { secretBoxOf } from '@droplock/core/keys/secret-box'
import { newId } from '@droplock/core/new-id'
import { listKeyUse } from '@droplock/core/secrets/read-use'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { newTotpSecret, totpCode } from '@droplock/passwords/totp'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { listeningAt } from '../../../packages/http/test/support/listening-at.ts'
import { givenStaff, password } from './support/world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const OLD = 'the key until now of more than thirty-two characters'
const NEXT = 'the next key of more than thirty-two characters'
const idOf = (key: string) => secretBoxOf(key).id

let clone: Clone
let ctx: Context

beforeEach(async () => {
  clone = await cloneDatabase()
  onTestFinished(clone.drop)
  ctx = { db: clone.db, newId }
})

type Server = { readonly url: string; readonly end: () => Promise<void> }

/** A server of the operators' API as it is run, with these keys. */
async function serverWith(...keys: readonly string[]): Promise<Server> {
  const child: ChildProcess = spawn(process.execPath, [mainFile], {
    env: {
      DATABASE_URL: clone.urls.console_api,
      PORT: '0',
      ...(keys.length > 0 && { DROPLOCK_STAFF_SECRET_KEY: keys.join(',') }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const url = await listeningAt(child)
  const end = async () => {
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
  }
  return { url, end }
}

type Person = { readonly email: string; readonly secret: Buffer }

/** A person who has set up a second factor, while this key was the one in use. */
async function givenPerson(key: string): Promise<Person> {
  const { id: staffId, email } = await givenStaff(ctx, 'viewer')
  const [id, secret, box] = [newId(), newTotpSecret(), secretBoxOf(key)]
  await clone.db
    .insertInto('staff_totp')
    .values({
      id,
      staff_id: staffId,
      secret: box.seal(secret, id),
      key_id: box.id,
      created_at: new Date(),
      confirmed_at: new Date(),
      used_step: 0n,
    })
    .execute()
  return { email, secret }
}

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')

/** Signs in by password and code. Returns the status of the code, and the cookies of the session. */
async function signIn({ url }: Server, { email, secret }: Person) {
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url, cookie },
      body: JSON.stringify(body),
    })
  const begun = await post('/api/session', { email, password })
  expect(begun.status).toBe(202)
  const answer = await post('/api/session/code', { code: totpCode(secret, new Date()) }, cookiesOf(begun))
  return { status: answer.status, cookies: cookiesOf(answer) }
}

const keysInUse = async () => (await listKeyUse(asService(ctx))).map(({ keyId, values }) => [keyId, values])

const openAlarms = async () =>
  (
    await clone.db.selectFrom('alarm').select(['kind', 'subject']).where('closed_at', 'is', null).execute()
  ).map(({ kind, subject }) => `${kind} ${subject}`)

test('a key is changed while two servers run: codes of second factors are right before, during and after', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => givenPerson(OLD)))
  const [before, whileOneKnows, atTheOther, resealed, atTheOtherThen, after] = people as [
    Person,
    Person,
    Person,
    Person,
    Person,
    Person,
  ]
  const [first, second] = await Promise.all([serverWith(OLD), serverWith(OLD)])
  const signedIn = await signIn(first, before)
  expect(signedIn.status).toBe(200)

  // Each learns the next key before any of them uses it.
  await first.end()
  const firstKnows = await serverWith(OLD, NEXT)
  expect((await signIn(firstKnows, whileOneKnows)).status).toBe(200)
  expect((await signIn(second, atTheOther)).status).toBe(200)
  await second.end()
  const secondKnows = await serverWith(OLD, NEXT)

  await firstKnows.end()
  const firstUses = await serverWith(NEXT, OLD)
  await expect.poll(keysInUse, { timeout: 10_000 }).toEqual([[idOf(NEXT), people.length]])
  expect((await signIn(firstUses, resealed)).status).toBe(200)
  expect((await signIn(secondKnows, atTheOtherThen)).status).toBe(200)

  await Promise.all([firstUses.end(), secondKnows.end()])
  const done = await serverWith(NEXT)
  expect((await signIn(done, after)).status).toBe(200)
  // A session has nothing to do with the key.
  const session = await fetch(`${done.url}/api/session`, { headers: { cookie: signedIn.cookies } })
  expect(session.status).toBe(200)

  const audited = await clone.db
    .selectFrom('audit_entry')
    .select(['subject_id', 'before', 'after'])
    .where('action', '=', 'secrets.resealed')
    .execute()
  expect(audited).toEqual([
    {
      subject_id: 'DROPLOCK_STAFF_SECRET_KEY',
      before: { keys: [idOf(OLD)] },
      after: { key: idOf(NEXT), values: people.length },
    },
  ])
  expect(await openAlarms()).not.toContain('secret_key_missing DROPLOCK_STAFF_SECRET_KEY')
})

test.each([
  ['has another key', [NEXT]],
  ['has no key', []],
] as const)(
  'a server that %s than the database was left by says so at once, and nothing is lost when the key is put back',
  async (_, keys) => {
    const person = await givenPerson(OLD)
    const wrong = await serverWith(...keys)
    await expect
      .poll(openAlarms, { timeout: 10_000 })
      .toContain('secret_key_missing DROPLOCK_STAFF_SECRET_KEY')
    expect((await signIn(wrong, person)).status).toBe(401)
    expect(await keysInUse()).toEqual([[idOf(OLD), 1]])
    await wrong.end()

    const right = await serverWith(...keys, OLD)
    await expect
      .poll(openAlarms, { timeout: 10_000 })
      .not.toContain('secret_key_missing DROPLOCK_STAFF_SECRET_KEY')
    expect((await signIn(right, person)).status).toBe(200)
  },
)
