import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { compileOnce } from '../../src/database/compile-once.ts'
import { connectionsOf, readShortly } from '../../src/database/connect.ts'
import { inOneStatement, inTransaction, limitLockTimeout } from '../../src/database/transaction.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'

/** Often enough for a statement to get a name. */
const OFTEN = Array.from({ length: 5 })

test('a statement that comes again is prepared, and what a migration changes meanwhile fails nothing', async () => {
  const { db, drop } = await cloneDatabase({ connectionsMax: 1 })
  const read = (id: string) => db.selectFrom('registry').selectAll().where('id', '=', id).execute()
  for (const _ of OFTEN) await read('none')
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)
  expect(rows.map(({ statement }) => statement)).toContainEqual(expect.stringContaining('from "registry"'))
  await sql`alter table registry add column added text default 'new'`.execute(db)
  await db.insertInto('registry').values({ id: 'a', profile: 'generic' }).execute()
  expect(await read('a')).toMatchObject([{ id: 'a', added: 'new' }])
  await sql`alter table registry add column again text default 'newer'`.execute(db)
  for (const _ of OFTEN) await read('none')
  await sql`alter table registry drop column again`.execute(db)
  const inside = await inTransaction(db, (tx) =>
    tx.selectFrom('registry').selectAll().where('id', '=', 'a').execute(),
  )
  expect(inside).toMatchObject([{ id: 'a' }])
  await drop()
})

test('one statement is a transaction: all of it or nothing, what is checked at its commit too', async () => {
  const { db, drop } = await cloneDatabase({ connectionsMax: 1 })
  await sql`create table node (id int primary key, parent int references node deferrable initially deferred)`.execute(
    db,
  )
  const insert = (id: number, parent: number) =>
    inOneStatement(
      db,
      sql<{ id: number }>`insert into node values (${id}, ${parent}) returning id`.compile(db),
    )
  expect(await insert(1, 1)).toEqual([{ id: 1 }])
  await expect(insert(1, 1)).rejects.toMatchObject({ code: '23505' })
  await expect(insert(2, 7)).rejects.toMatchObject({ code: '23503' })
  const { rows } = await sql`select id from node`.execute(db)
  expect(rows).toEqual([{ id: 1 }])
  await drop()
})

test('a lock that is not had in time ends one statement, and leaves its connection as it was', async () => {
  const { db, drop } = await cloneDatabase({ connectionsMax: 2 })
  await db.insertInto('registry').values({ id: 'a', profile: 'generic' }).execute()
  await inTransaction(db, async (tx) => {
    await sql`select from registry for update`.execute(tx)
    const waiting = inOneStatement(
      db,
      sql`select from registry where ${limitLockTimeout()} for update`.compile(db),
    )
    await expect(waiting).rejects.toMatchObject({ code: '55P03' })
    const { rows } = await sql`select current_setting('lock_timeout') as limit`.execute(db)
    expect(rows).toEqual([{ limit: '0' }])
  })
  await drop()
})

const registryById = compileOnce((db, { id }: { readonly id: string }) =>
  db
    .selectFrom('registry')
    .select(['id', sql<number>`pg_backend_pid()`.as('pid')])
    .where('id', '=', id)
    .compile(),
)

test('short reads that come at once share a connection, each gets its own answer, and one that fails is the only one', async () => {
  const { db, drop } = await cloneDatabase({ connectionsMax: 4 })
  await db
    .insertInto('registry')
    .values(['a', 'b', 'c'].map((id) => ({ id, profile: 'generic' })))
    .execute()
  const read = (id: string) => readShortly(db, registryById(db, { id }))
  for (const _ of OFTEN) {
    const reads = ['a', 'b', 'none', 'c'].map(read)
    const failing = readShortly(db, sql`select 1 / 0 as shown`.compile(db))
    const after = read('a')
    const answers = await Promise.all(reads)
    expect(answers).toMatchObject([[{ id: 'a' }], [{ id: 'b' }], [], [{ id: 'c' }]])
    expect(new Set(answers.flat().map(({ pid }) => pid)).size).toBe(1)
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(await after).toMatchObject([{ id: 'a' }])
  }
  expect(connectionsOf(db)).toMatchObject({ busy: 0 })
  const inside = await inTransaction(db, async (tx) => {
    await tx.insertInto('registry').values({ id: 'd', profile: 'generic' }).execute()
    return [await readShortly(tx, registryById(tx, { id: 'd' })), await read('d')]
  })
  expect(inside).toMatchObject([[{ id: 'd' }], []])
  await drop()
})

test('a shared connection that is lost fails what was under way on it, and the next read takes another', async () => {
  const { db, drop } = await cloneDatabase({ connectionsMax: 2 })
  const lost = readShortly(db, sql`select pg_terminate_backend(pg_backend_pid())`.compile(db))
  const behind = readShortly(db, sql`select 1 as shown`.compile(db))
  await expect(lost).rejects.toThrow()
  await expect(behind).rejects.toThrow()
  expect(await readShortly(db, sql`select 1 as shown`.compile(db))).toEqual([{ shown: 1 }])
  await drop()
})
