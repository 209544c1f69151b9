import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inOneRoundTrip, inTransaction } from '../../src/database/transaction.ts'
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

test('a statement in one round trip is a transaction: all of it or nothing, what is checked at its commit too', async () => {
  const { db, drop } = await cloneDatabase({ connectionsMax: 1 })
  await sql`create table node (id int primary key, parent int references node deferrable initially deferred)`.execute(
    db,
  )
  const insert = (id: number, parent: number) =>
    inOneRoundTrip(db, sql<{ id: number }>`insert into node values (${id}, ${parent}) returning id`)
  expect(await insert(1, 1)).toEqual([{ id: 1 }])
  await expect(insert(1, 1)).rejects.toMatchObject({ code: '23505' })
  await expect(insert(2, 7)).rejects.toMatchObject({ code: '23503' })
  const { rows } = await sql`select id from node`.execute(db)
  expect(rows).toEqual([{ id: 1 }])
  await drop()
})

test('a lock that is not had in time ends a statement in one round trip', async () => {
  const { db, drop } = await cloneDatabase({ connectionsMax: 2 })
  await db.insertInto('registry').values({ id: 'a', profile: 'generic' }).execute()
  await inTransaction(db, async (tx) => {
    await sql`select from registry for update`.execute(tx)
    const waiting = inOneRoundTrip(db, sql`select from registry for update`)
    await expect(waiting).rejects.toMatchObject({ code: '55P03' })
  })
  await drop()
})
