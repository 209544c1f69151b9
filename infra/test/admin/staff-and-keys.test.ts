import { createHash } from 'node:crypto'
import { authenticateApiKey } from '@droplock/core/api-keys'
import { newId } from '@droplock/core/new-id'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { verifyPassword } from '@droplock/passwords/passwords'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminOn } from './support/admin-on.ts'

let database: Clone
let admin: ReturnType<typeof adminOn>
beforeAll(async () => {
  database = await cloneDatabase()
  admin = adminOn(database.url)
})
afterAll(() => database.drop())

const audited = async (subjectId: string) =>
  database.db
    .selectFrom('audit_entry')
    .select(['action', 'actor_kind', 'actor_name', 'reason'])
    .where('subject_id', '=', subjectId)
    .orderBy('seq')
    .execute()

describe('staff', () => {
  test('is added with a password that is shown once and kept as a hash alone', async () => {
    const ada = await admin.one('staff', 'add', 'Ada@x.test', '--name', 'Ada', '--role', 'admin')
    expect(ada).toEqual({
      id: expect.any(String),
      email: 'ada@x.test',
      password: expect.stringMatching(/^.{24}$/),
    })
    const { password_hash } = await database.db
      .selectFrom('staff_account')
      .select('password_hash')
      .where('id', '=', ada.id)
      .executeTakeFirstOrThrow()
    expect(await verifyPassword(password_hash ?? '', String(ada['password']))).toBe(true)
    expect(JSON.stringify(await admin.list('staff', 'list'))).not.toContain('password')
  })

  test('is changed, disabled, enabled and given another password, each audited with who ran the command and why', async () => {
    const bob = await admin.one('staff', 'add', 'bob@x.test', '--name', 'Bob', '--role', 'viewer')
    const [changed] = await admin.list(
      'staff',
      'set',
      'bob@x.test',
      '--role',
      'operator',
      'admin',
      '--reason',
      'more work',
    )
    expect(changed).toMatchObject({ name: 'Bob', roles: ['operator', 'admin'] })
    const [disabled] = await admin.list('staff', 'disable', 'bob@x.test', '--reason', 'left')
    expect(disabled).toMatchObject({ disabled_at: expect.any(String) })
    const [enabled] = await admin.list('staff', 'enable', 'bob@x.test', '--reason', 'came back')
    expect(enabled).toMatchObject({ disabled_at: null })
    const reset = await admin.one('staff', 'reset-password', 'bob@x.test', '--reason', 'forgot it')
    expect(reset['password']).not.toBe(bob['password'])
    const entries = await audited(bob.id)
    expect(entries.map(({ action, reason }) => [action, reason])).toEqual([
      ['staff.added', null],
      ['staff.changed', 'more work'],
      ['staff.disabled', 'left'],
      ['staff.enabled', 'came back'],
      ['staff.password_reset', 'forgot it'],
    ])
    for (const entry of entries)
      expect(entry).toMatchObject({ actor_kind: 'system', actor_name: expect.stringMatching(/^command:./) })
  })
})

test('a second factor is reset by a command, so that a single admin who lost theirs gets in again', async () => {
  const { id } = await admin.one('staff', 'add', 'lou@x.test', '--name', 'Lou', '--role', 'viewer')
  const reset = ['staff', 'reset-second-factor', 'lou@x.test', '--reason', 'lost the telephone']
  expect(await admin.refused(...reset)).toMatchObject({ exit: 1, code: 'second_factor_not_found' })
  await database.db
    .insertInto('staff_totp')
    .values({
      id: newId(),
      staff_id: id,
      secret: Buffer.from(''),
      key_id: '',
      created_at: new Date(),
      confirmed_at: new Date(),
      used_step: 1n,
    })
    .execute()
  const [shown] = await admin.list(...reset)
  expect(shown).toMatchObject({ email: 'lou@x.test', second_factor_since: null })
  expect((await audited(id)).map(({ action }) => action)).toEqual([
    'staff.added',
    'staff.second_factor_reset',
  ])
})

test('a key is shown once, opens the account of its reseller, and does so no more when it is revoked', async () => {
  const reseller = await admin.one('reseller', 'add', 'Anchor', '--currency', 'USD')
  const issued = await admin.one('key', 'issue', reseller.id, '--label', 'shop')
  const keySha256 = createHash('sha256').update(String(issued['key'])).digest()
  const ctx = { db: database.db, newId }
  expect(await authenticateApiKey(ctx, keySha256)).toMatchObject({ accountId: reseller.id })
  await admin.one('key', 'revoke', issued.id, '--reason', 'leaked')
  expect(await authenticateApiKey(ctx, keySha256)).toBeUndefined()
  const keys = await admin.list('key', 'list', '--account', reseller.id)
  expect(keys).toMatchObject([{ id: issued.id, reseller: 'Anchor', revoked_at: expect.any(String) }])
  expect(JSON.stringify(keys)).not.toContain(String(issued['key']))
  expect(await audited(issued.id)).toMatchObject([
    { action: 'api_key.issued' },
    { action: 'api_key.revoked', reason: 'leaked' },
  ])
})

test('a reseller is renamed, disabled with all its keys, and enabled again', async () => {
  const { id } = await admin.one('reseller', 'add', 'Anchr', '--currency', 'USD')
  const keys = [
    await admin.one('key', 'issue', id, '--label', 'one'),
    await admin.one('key', 'issue', id, '--label', 'two'),
  ]
  const opens = async () => {
    const hashes = keys.map(({ key }) => createHash('sha256').update(String(key)).digest())
    const found = await Promise.allSettled(
      hashes.map((hash) => authenticateApiKey({ db: database.db, newId }, hash)),
    )
    return found.map((each) => each.status === 'fulfilled' && each.value !== undefined)
  }
  await admin.one('reseller', 'set', id, '--name', 'Anchor', '--reason', 'misspelt')
  expect(await opens()).toEqual([true, true])
  await admin.one('reseller', 'disable', id, '--reason', 'does not pay')
  expect(await opens()).toEqual([false, false])
  const listed = await admin.list('reseller', 'list')
  expect(listed.find((each) => each.id === id)).toMatchObject({
    name: 'Anchor',
    disabled_at: expect.any(String),
  })
  await admin.one('reseller', 'enable', id, '--reason', 'has paid')
  expect(await opens()).toEqual([true, true])
  expect((await audited(id)).map(({ action, reason }) => [action, reason])).toEqual([
    ['account.opened', null],
    ['account.renamed', 'misspelt'],
    ['account.disabled', 'does not pay'],
    ['account.enabled', 'has paid'],
  ])
})

test('a key is of the mode that the seller of the database has', async () => {
  const reseller = await admin.one('reseller', 'add', 'Birke', '--currency', 'EUR')
  const seller = [
    '--legal-name',
    'Droplock Ltd',
    '--address',
    '1 Quay',
    'Cork',
    '--country',
    'IE',
    '--tax-percent',
    '7.5',
  ]
  await admin.one('seller', 'set', ...seller, '--reason', 'set up')
  const stored = await database.db.selectFrom('seller').selectAll().executeTakeFirstOrThrow()
  expect(stored).toMatchObject({ mode: 'test', address: '1 Quay\nCork', tax_basis_points: 750 })
  const issued = await admin.one('key', 'issue', reseller.id, '--label', 'shop', '--scope', 'listings:read')
  expect(issued['key']).toMatch(/^dlk_test_/)
  const live = adminOn(database.url, 'live')
  expect(await live.refused('key', 'issue', reseller.id, '--label', 'shop')).toMatchObject({
    exit: 1,
    code: 'seller_of_other_mode',
  })
})

test('a list is printed to its end, however long it is', async () => {
  const before = await admin.list('reseller', 'list')
  const many = Array.from({ length: 2_001 }, (_, i) => ({ id: newId(), name: `Many ${i}`, currency: 'USD' }))
  await database.db.insertInto('account').values(many).execute()
  const listed = await admin.list('reseller', 'list')
  expect(new Set(listed.map(({ id }) => id)).size).toBe(before.length + many.length)
})

describe('what is refused is one line with a code, and nothing is done', () => {
  const person = ['staff', 'add', 'eve@x.test', '--name', 'Eve', '--role']
  const unknown = '01990000-0000-7000-8000-000000000000'
  test.each([
    ['invalid_request', ['staff', 'add', 'eve', '--name', 'Eve', '--role', 'admin']],
    ['invalid_request', [...person, 'king']],
    ['invalid_request', ['staff', 'add', 'eve@x.test', '--role', 'admin']],
    ['invalid_request', ['staff', 'remove', 'eve@x.test']],
    ['invalid_request', ['reseller', 'add', 'Eve', '--currency', 'dollars']],
    ['invalid_request', ['key', 'revoke', '7', '--reason', 'leaked']],
    ['reason_required', ['key', 'revoke', unknown, '--reason', ' ']],
    ['api_key_not_found', ['key', 'revoke', unknown, '--reason', 'leaked']],
    ['account_not_found', ['key', 'issue', unknown, '--label', 'shop']],
    ['staff_not_found', ['staff', 'disable', 'nobody@x.test', '--reason', 'left']],
  ])('%s: %j', async (code, args) => {
    const { length } = await database.db.selectFrom('audit_entry').select('seq').execute()
    const { code: exit, out, err } = await admin.run(...args)
    expect({ exit, out }).toEqual({ exit: 1, out: '' })
    expect(err).toMatch(new RegExp(`^admin: ${code}: .+\n$`))
    expect(await database.db.selectFrom('audit_entry').select('seq').execute()).toHaveLength(length)
  })

  test('staff_exists for a second account of one address', async () => {
    await admin.one(...person, 'viewer')
    expect(await admin.refused(...person, 'viewer')).toMatchObject({ exit: 1, code: 'staff_exists' })
  })
})

test('help is there for every verb, without a database', async () => {
  const nowhere = adminOn('postgres://127.0.0.1:1/none')
  for (const args of [[], ['staff'], ['staff', 'add'], ['key', 'revoke'], ['seller', 'set']]) {
    const { code, out } = await nowhere.run(...args, '--help')
    expect(code).toBe(0)
    expect(out).toMatch(/^Usage: npm run admin -- /)
  }
  expect(await nowhere.refused('staff', 'list')).toMatchObject({ exit: 1, code: 'unavailable' })
})
