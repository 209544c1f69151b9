import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminOn } from './support/admin-on.ts'

let database: Clone
let admin: ReturnType<typeof adminOn>
beforeAll(async () => {
  database = await cloneDatabase()
  admin = adminOn(database.url)
})
afterAll(() => database.drop())

const pager = 'https://pager.example/hook'

test('receivers of alarms are added, listed and disabled by command, each audited with who ran it', async () => {
  const mail = await admin.one('receiver', 'add', 'anna@example.com')
  const hook = await admin.one(
    'receiver',
    'add',
    pager,
    '--kind',
    'webhook',
    '--secret',
    'pager',
    '--alarm',
    'deposit_empty',
    '--without-end',
  )
  expect(await admin.list('receiver', 'list')).toMatchObject([
    { id: hook.id, kind: 'webhook', address: pager, alarms: ['deposit_empty'], pending: 0, failed: 0 },
    { id: mail.id, kind: 'mail', alarms: 'all' },
  ])
  expect(await admin.one('receiver', 'resend', hook.id, '--reason', 'it works again')).toMatchObject({
    resent: 0,
  })
  await admin.one('receiver', 'disable', mail.id, '--reason', 'she left')
  expect((await admin.list('receiver', 'list')).at(-1)).toMatchObject({
    id: mail.id,
    disabled_at: expect.any(String),
  })
  const entries = await database.db
    .selectFrom('audit_entry')
    .select(['action', 'actor_name', 'reason'])
    .where('subject_id', '=', mail.id)
    .orderBy('seq')
    .execute()
  expect(entries).toMatchObject([
    { action: 'receiver.added', actor_name: expect.stringMatching(/^command:/) },
    { action: 'receiver.disabled', actor_name: expect.stringMatching(/^command:/), reason: 'she left' },
  ])
})

test('what is no address, or is there already, is refused by its code and nothing is done', async () => {
  const before = await admin.list('receiver', 'list')
  expect(await admin.refused('receiver', 'add', 'anna')).toMatchObject({ exit: 1, code: 'receiver_invalid' })
  expect(
    await admin.refused('receiver', 'add', pager, '--kind', 'webhook', '--secret', 'pager'),
  ).toMatchObject({ exit: 1, code: 'receiver_exists' })
  expect(await admin.list('receiver', 'list')).toEqual(before)
})
