import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { placeBackorder } from '@droplock/core/backorders/place'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
} from '../../../packages/core/test/support/world.ts'
import { adminOn } from './support/admin-on.ts'

let database: Clone
let admin: ReturnType<typeof adminOn>
let folder: string
beforeAll(async () => {
  database = await cloneDatabase()
  admin = adminOn(database.url)
  folder = mkdtempSync(join(tmpdir(), 'droplock-names-'))
  const ctx = contextOf(database.db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['free.test', 'held.test', 'plain.test'] })
  await placeBackorder(await givenAccount(ctx), { name: 'held.test', payment: 'balance' })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.drop()
})

const reason = ['--reason', 'a court order'] as const

async function stateOf(name: string) {
  const { state } = await database.db
    .selectFrom('listing')
    .select('state')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return state
}

test('names are blocked by command, listed or not, after a dry run that changes nothing', async () => {
  const file = join(folder, 'names.txt')
  writeFileSync(file, 'MÜNCHEN.test\n\nfree.test\nheld.test\nx.nowhere\n')
  const results = [
    { name: 'later.test', result: 'blocked' },
    { name: 'xn--mnchen-3ya.test', result: 'blocked' },
    { name: 'free.test', result: 'withdrawn' },
    { name: 'held.test', result: 'held' },
    { name: 'x.nowhere', result: 'zone_not_served' },
  ]
  const command = ['name', 'block', 'later.test', '--file', file, ...reason]
  expect(await admin.list(...command, '--dry-run')).toEqual(results)
  expect(await admin.list('name', 'blocked')).toEqual([])
  expect(await stateOf('free.test')).toBe('open')
  expect(await admin.list(...command)).toEqual(results)
  expect(await stateOf('free.test')).toBe('withdrawn')
  expect(await stateOf('held.test')).toBe('open')
  expect(await admin.list('name', 'blocked')).toHaveLength(3)
})

test('a block is ended by command, with its reason kept, and a listing without a holder is withdrawn', async () => {
  await admin.one('name', 'unblock', 'later.test', '--reason', 'the order was lifted')
  const ended = (await admin.list('name', 'blocked')).find(({ name }) => name === 'later.test')
  expect(ended).toMatchObject({
    in_force: false,
    reason: 'a court order',
    end_reason: 'the order was lifted',
  })
  expect(await admin.refused('name', 'unblock', 'later.test', ...reason)).toMatchObject({
    code: 'block_not_found',
  })
  await admin.one('name', 'withdraw', 'plain.test', ...reason)
  expect(await stateOf('plain.test')).toBe('withdrawn')
  expect(await admin.refused('name', 'withdraw', 'held.test', ...reason)).toMatchObject({
    code: 'listing_held',
  })
  expect(await admin.refused('name', 'withdraw', 'plain.test', ...reason)).toMatchObject({
    code: 'listing_not_withdrawable',
  })
})
