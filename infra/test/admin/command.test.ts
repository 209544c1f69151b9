import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { inTransaction } from '@droplock/core/database/transaction'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { verifyPassword } from '@droplock/passwords/passwords'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAdmin } from '../../src/admin/admin.ts'
import { repositoryRoot } from '../../src/paths.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

let database: Clone
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

async function run(args: readonly string[], input: string, url = database.url) {
  const child = spawn(process.execPath, [join(repositoryRoot, 'infra/src/admin.ts'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: url },
  })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}

const person = ['staff', 'add', 'ada@x.test', '--name', 'Ada', '--role', 'admin', '--password-stdin']

test('a command that is suspended in its transaction keeps its locks for ten seconds at most', async () => {
  await using admin = openAdmin(
    { DATABASE_URL: database.url },
    { print: () => undefined, write: () => undefined, fail: () => undefined },
  )
  const silence = await inTransaction(admin.ctx().db, (tx) =>
    tx
      .selectNoFrom(({ fn, val }) =>
        fn<string>('current_setting', [val('idle_in_transaction_session_timeout')]).as('limit'),
      )
      .executeTakeFirstOrThrow(),
  )
  expect(silence).toEqual({ limit: '10s' })
})

test('a password comes from standard input, is long enough, and is not shown again', async () => {
  const short = await run(person, 'word\n')
  expect(short).toEqual({
    code: 1,
    out: '',
    err: 'admin: password_too_short: A password has at least 12 characters.\n',
  })
  const { code, out } = await run(person, 'a password of mine\n')
  expect({ code, out }).toEqual({ code: 0, out: expect.not.stringContaining('password') })
  const { password_hash: hash } = await database.db
    .selectFrom('staff_account')
    .select('password_hash')
    .executeTakeFirstOrThrow()
  expect(await verifyPassword(hash ?? '', 'a password of mine')).toBe(true)
})

test('a setting that is wrong is one line that repeats nothing of it', async () => {
  expect(await run(['staff', 'list'], '', 'mysql://secret@db')).toEqual({
    code: 1,
    out: '',
    err: 'admin: invalid_request: DATABASE_URL: must be a postgres:// URL\n',
  })
})
