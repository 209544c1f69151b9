import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ofAccount, openDatabase, readShortly } from '../../src/database/connect.ts'
import { openReads } from '../../src/database/reads.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { newId } from '../../src/new-id.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'

let clone: Clone
/** One connection, so that what an account leaves behind meets the next. */
let db: Kysely<Database>
const mine = newId()
const theirs = newId()

beforeAll(async () => {
  clone = await cloneDatabase()
  db = openDatabase({ url: clone.urls.gateway, connectionsMax: 1, applicationName: 'droplock-test' })
})
afterAll(async () => {
  await db.destroy()
  await clone.drop()
})

const whoActs = sql<{ account: string | null }>`select acting_account() as account`

async function acting(on: Kysely<Database>): Promise<string | null | undefined> {
  return (await whoActs.execute(on)).rows[0]?.account
}

test('every statement of a handle acts for its account, and the next one on the same connection for nobody', async () => {
  expect(await acting(db)).toBeNull()
  expect(await acting(ofAccount(db, mine))).toBe(mine)
  expect(await acting(db)).toBeNull()
  expect(await acting(ofAccount(db, theirs))).toBe(theirs)
})

test('statements that share a connection and leave in one packet act each for its own account', async () => {
  const handles = Array.from({ length: 60 }, (_, index) => [undefined, mine, theirs][index % 3])
  const answers = await Promise.all(
    handles.map(async (accountId) => {
      const handle = accountId === undefined ? db : ofAccount(db, accountId)
      const [row] = await readShortly(handle, whoActs.compile(handle))
      return row?.account
    }),
  )
  expect(answers).toEqual(handles.map((accountId) => accountId ?? null))
})

test('a transaction acts for its account until it ends, whether it is committed or undone', async () => {
  const handle = ofAccount(db, mine)
  const within = await inTransaction(handle, async (tx) => [
    await acting(tx),
    await inTransaction(tx, acting),
    await acting(tx),
  ])
  expect(within).toEqual([mine, mine, mine])
  expect(await acting(db)).toBeNull()
  const isolated = handle.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  expect(await isolated.execute(acting)).toBe(mine)
  await expect(
    inTransaction(handle, async (tx) => {
      expect(await acting(tx)).toBe(mine)
      await sql`select 1 / 0`.execute(tx)
    }),
  ).rejects.toThrow('division by zero')
  expect(await acting(db)).toBeNull()
})

test('a statement that fails leaves nothing behind, and its connection goes on', async () => {
  const handle = ofAccount(db, mine)
  for (let time = 0; time < 5; time += 1) {
    await expect(sql`select 1 / ${time - time}::integer`.execute(handle)).rejects.toThrow('division by zero')
    await expect(sql`select from no_such_table where id = ${time}`.execute(handle)).rejects.toThrow(
      'does not exist',
    )
    expect(await acting(db)).toBeNull()
    expect(await acting(handle)).toBe(mine)
  }
})

test('its results are those of the statement alone: values, rows, counts, and the refusal of a deferred constraint', async () => {
  const { rows } = await sql`select id, ${'a text'}::text as given from generate_series(1, 3) as id`.execute(
    ofAccount(db, mine),
  )
  expect(rows).toEqual([1, 2, 3].map((id) => ({ id, given: 'a text' })))
  const owner = ofAccount(clone.db, mine)
  const { numAffectedRows } = await owner
    .deleteFrom('watch')
    .where('name', '=', 'none.test')
    .executeTakeFirst()
    .then(({ numDeletedRows }) => ({ numAffectedRows: numDeletedRows }))
  expect(numAffectedRows).toBe(0n)
  const alone = { cause: 'top_up', cause_id: newId(), line: 1, ledger_account: 'bank_clearing' } as const
  await expect(
    owner
      .insertInto('posting')
      .values({ ...alone, amount_minor: 5n, currency: 'USD' })
      .execute(),
  ).rejects.toMatchObject({ constraint: expect.any(String) })
})

test('a statement whose plan is outdated by a migration is sent again, for the same account', async () => {
  await sql`create table planned (id integer)`.execute(clone.db)
  await sql`grant select on planned to public`.execute(clone.db)
  const handle = ofAccount(db, mine)
  const read = () =>
    sql<{
      account: string
    }>`select *, acting_account() as account from planned right join (select ${1}::integer) as one on true`.execute(
      handle,
    )
  for (let time = 0; time < 5; time += 1) await read()
  await sql`alter table planned add column more text`.execute(clone.db)
  expect((await read()).rows[0]).toMatchObject({ account: mine, more: null })
})

test('reads apart from those of orders act for their account', async () => {
  const reads = openReads({ url: clone.urls.gateway, connectionsMax: 1, applicationName: 'droplock-test' })
  onTestFinished(reads.destroy)
  const bounds = { signal: new AbortController().signal, untilMs: performance.now() + 60_000 }
  expect(await acting(reads.within({ ...bounds, accountId: mine }))).toBe(mine)
  expect(await acting(reads.within(bounds))).toBeNull()
  expect(await acting(reads.within({ ...bounds, accountId: theirs }))).toBe(theirs)
})

test('nothing but the id of an account becomes a part of SQL', async () => {
  const bad = "'; drop table account; --"
  expect(() => ofAccount(db, bad)).toThrow('not the id of an account')
})
