import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MigrationRefused, migrate, ServerTooOld } from '../../src/database/migrate.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { givenServerOf } from './old-server.ts'

let clone: Clone
let folder: string
beforeEach(async () => {
  clone = await cloneDatabase()
  await sql`drop schema public cascade`.execute(clone.db)
  await sql`create schema public`.execute(clone.db)
  folder = mkdtempSync(join(tmpdir(), 'droplock-migrations-'))
})
afterEach(async () => {
  await clone.drop()
  rmSync(folder, { recursive: true })
})

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
async function tableNames(): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`.execute(
    clone.db,
  )
  return rows.map((row) => row.name).filter((name) => name !== 'schema_migration')
}

test('files are applied in order, and once', async () => {
  write('0002_second.sql', 'alter table a add column b integer;')
  write('0001_first.sql', 'create table a (); create table c ();')
  expect(await migrate(clone.url, folder)).toEqual(['0001_first.sql', '0002_second.sql'])
  expect(await migrate(clone.url, folder)).toEqual([])
})

test('of eight migrators at once, one applies each file and the others find it applied', async () => {
  write('0001_first.sql', 'create table a ();')
  write('0002_second.sql', 'create table b ();')
  const runs = await Promise.all(Array.from({ length: 8 }, () => migrate(clone.url, folder)))
  expect(runs.flat().toSorted()).toEqual(['0001_first.sql', '0002_second.sql'])
})

test('a file that fails leaves nothing of itself, and what came before it stays', async () => {
  write('0001_first.sql', 'create table a ();')
  write('0002_second.sql', 'create table b (); select 1 / 0;')
  await expect(migrate(clone.url, folder)).rejects.toThrow('migration 0002_second.sql failed')
  expect(await tableNames()).toEqual(['a'])
})

test('a migration that waits for a long transaction lets others pass, and is applied when that has ended', async () => {
  write('0001_first.sql', 'create table a ();')
  await migrate(clone.url, folder)
  write('0002_second.sql', 'alter table a add column b integer;')
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const long = clone.db.transaction().execute(async (tx) => {
    await sql`select from a`.execute(tx)
    begin()
    await ended
  })
  await begun
  const migrating = migrate(clone.url, folder)
  const isWaiting = async () => {
    const { rows } = await sql`select from pg_locks where not granted and relation = 'a'::regclass`.execute(
      clone.db,
    )
    return rows.length > 0
  }
  await expect.poll(isWaiting, { interval: 10, timeout: 30_000 }).toBe(true)
  // Behind a lock that is waited for this would wait too.
  await sql`select from a`.execute(clone.db)
  end()
  await long
  expect(await migrating).toEqual(['0002_second.sql'])
})

test('a file changed after it was applied is refused', async () => {
  write('0001_first.sql', 'create table a ();')
  await migrate(clone.url, folder)
  write('0001_first.sql', 'create table a (id integer);')
  await expect(migrate(clone.url, folder)).rejects.toThrow(MigrationRefused)
})

test('a new file that sorts before an applied one is refused', async () => {
  write('0002_second.sql', 'create table b ();')
  await migrate(clone.url, folder)
  write('0001_first.sql', 'create table a ();')
  await expect(migrate(clone.url, folder)).rejects.toThrow('0001_first.sql sorts before 0002_second.sql')
  expect(await tableNames()).toEqual(['b'])
})

test('an applied file that this release does not know is left alone', async () => {
  write('0001_first.sql', 'create table a ();')
  write('0002_second.sql', 'create table b ();')
  await migrate(clone.url, folder)
  rmSync(join(folder, '0002_second.sql'))
  expect(await migrate(clone.url, folder)).toEqual([])
})

test.each([
  ['first.sql', 'create table a ();', 'not named like a migration'],
  ['0001_other.sql', 'create table a ();', 'two migrations have the number 0001'],
])('%s beside 0001_first.sql is refused before anything is applied', async (name, text, reason) => {
  write('0001_first.sql', 'create table z ();')
  write(name, text)
  await expect(migrate(clone.url, folder)).rejects.toThrow(reason)
  expect(await tableNames()).toEqual([])
})

test.each(['16.13', '9.6.24', '15.18 (Debian 15.18-0+deb12u1)'])(
  'PostgreSQL %s is refused with one line, and nothing else is asked of it',
  async (version) => {
    write('0001_first.sql', 'create table a ();')
    const { url, asked } = await givenServerOf(version)
    await expect(migrate(url, folder)).rejects.toThrow(
      new ServerTooOld(`PostgreSQL ${version} is too old: 17 or later is needed`),
    )
    expect(asked).toEqual(['show server_version'])
  },
)
