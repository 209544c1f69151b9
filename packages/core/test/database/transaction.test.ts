import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/database/connect.ts'
import { isUnreachable, violated } from '../../src/database/errors.ts'
import { inTransaction, type TransactionOptions } from '../../src/database/transaction.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'

let clone: Clone
beforeAll(async () => {
  clone = await cloneDatabase()
  await clone.db
    .insertInto('registry')
    .values([registry('a'), registry('b')])
    .execute()
})
afterAll(() => clone.drop())

function registry(id: string) {
  return { id, profile: 'verisign-like' } as const
}
const reported = (error: unknown) => ({ isUnreachable: isUnreachable(error) })
const lock = (id: string) => sql`select from registry where id = ${id} for update`

/** A gate that opens when all have arrived. */
function meeting(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  let arrived = 0
  return () => {
    arrived += 1
    if (arrived === size) resolve(undefined)
    return promise
  }
}

test('what throws is undone whole', async () => {
  const failed = inTransaction(clone.db, async (tx) => {
    await tx.insertInto('registry').values(registry('c')).execute()
    throw new Error('no')
  })
  await expect(failed).rejects.toThrow('no')
  expect(await clone.db.selectFrom('registry').select('id').orderBy('id').execute()).toEqual([
    { id: 'a' },
    { id: 'b' },
  ])
})

test('a lock that is not had in time is "try again"', async () => {
  await inTransaction(clone.db, async (tx) => {
    await lock('a').execute(tx)
    const rival = inTransaction(clone.db, (other) => lock('a').execute(other), { lockMsMax: 50 })
    await expect(rival).rejects.toMatchObject({ name: 'Refusal', code: 'try_again' })
  })
})

test('the lock limit ends with its transaction', async () => {
  const limit = sql<{ lock_timeout: string }>`show lock_timeout`
  const inside = await inTransaction(clone.db, (tx) => limit.execute(tx), { lockMsMax: 1234 })
  expect(inside.rows).toEqual([{ lock_timeout: '1234ms' }])
  expect((await limit.execute(clone.db)).rows).toEqual([{ lock_timeout: '0' }])
})

test('a transaction waits two seconds for a lock where nothing else is said, and its parts as long as itself', async () => {
  const db = openDatabase({ url: clone.url, connectionsMax: 1, applicationName: 'droplock-test' })
  const limit = sql<{ lock_timeout: string }>`show lock_timeout`
  const limitOfPart = (options: TransactionOptions) =>
    inTransaction(db, async (tx) => (await inTransaction(tx, (part) => limit.execute(part))).rows, options)
  expect(await limitOfPart({})).toEqual([{ lock_timeout: '2s' }])
  expect(await limitOfPart({ lockMsMax: 1234 })).toEqual([{ lock_timeout: '1234ms' }])
  await db.destroy()
})

test('the victim of a deadlock runs again, and both transactions are committed', async () => {
  const met = meeting(2)
  let runs = 0
  const crossing = (first: string, second: string) =>
    inTransaction(clone.db, async (tx) => {
      runs += 1
      await lock(first).execute(tx)
      if (runs <= 2) await met()
      await lock(second).execute(tx)
      return first
    })
  expect(await Promise.all([crossing('a', 'b'), crossing('b', 'a')])).toEqual(['a', 'b'])
  // A third time, or once more if the victim was back before its rival had woken.
  expect(runs).toBeGreaterThan(2)
})

test('a serialization failure that does not end is tried three times, then "try again"', async () => {
  let runs = 0
  const failing = inTransaction(clone.db, async (tx) => {
    runs += 1
    await sql`do $$ begin raise exception 'no' using errcode = 'serialization_failure'; end $$`.execute(tx)
  })
  await expect(failing).rejects.toBeInstanceOf(Refusal)
  expect(runs).toBe(3)
})

test('a broken promise is recognised by its name, and only by its own', async () => {
  const again = clone.db.insertInto('registry').values(registry('a')).execute()
  const error: unknown = await again.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(violated(error, 'registry_pkey')).toBe(true)
  expect(violated(error, 'one_live_listing_per_name')).toBe(false)
  expect(violated(new Error('registry_pkey'), 'registry_pkey')).toBe(false)
})

test('a server that is not there is unreachable, a broken promise is not', async () => {
  const nowhere = openDatabase({
    url: 'postgres://x@127.0.0.1:1/x',
    connectionsMax: 1,
    applicationName: 'test',
  })
  const error: unknown = await lock('a')
    .execute(nowhere)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
  expect(isUnreachable(error)).toBe(true)
  expect(isUnreachable(new Refusal('try_again', ''))).toBe(false)
  await nowhere.destroy()
})

test('a pool that stays exhausted, and a connection that was cut, are unreachable', async () => {
  const pool = new Pool({ connectionString: clone.url, max: 1, connectionTimeoutMillis: 2_000 })
  const only = await pool.connect()
  only.on('error', () => undefined)
  expect(await pool.connect().catch(reported)).toEqual({ isUnreachable: true })
  const { rows } = await only.query<{ pid: number }>('select pg_backend_pid() as pid')
  // The server's word, or the driver's own: whichever of the two is read first.
  const cut = only.query('select pg_sleep(60)').catch(reported)
  await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(clone.db)
  expect(await cut).toEqual({ isUnreachable: true })
  only.release(true)
  await pool.end()
})

test('a connection that is cut while in use fails its work and not the process', async () => {
  const db = openDatabase({ url: clone.url, connectionsMax: 1, applicationName: 'test' })
  const cut = inTransaction(db, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(clone.db)
    await lock('a').execute(tx)
  })
  // An error event that nobody hears would be an unhandled error, which fails the run.
  await expect(cut).rejects.toSatisfy(isUnreachable)
  await expect(lock('a').execute(db)).resolves.toMatchObject({ rows: [{}] })
  await db.destroy()
})

test('a query that is not answered in time fails as one whose connection was lost, and the next has another connection', async () => {
  const options = { url: clone.url, connectionsMax: 1, applicationName: 'droplock-test' }
  const db = openDatabase({ ...options, answerMsMax: 3_000 })
  const failure = await sql`select pg_sleep(60)`.execute(db).catch(reported)
  expect(failure).toEqual({ isUnreachable: true })
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  await db.destroy()
})

test('a write on a server that only reads, as a standby does until it is promoted, is unreachable', async () => {
  const url = `${clone.url}?options=-c%20default_transaction_read_only%3Don`
  const db = openDatabase({ url, connectionsMax: 1, applicationName: 'droplock-test' })
  const write = inTransaction(db, (tx) => tx.insertInto('registry').values(registry('unwritten')).execute())
  expect(await write.catch(reported)).toEqual({ isUnreachable: true })
  const written = db.selectFrom('registry').select('id').where('id', '=', 'unwritten')
  expect(await written.execute()).toEqual([])
  await db.destroy()
})

test.each([{ silenceMsMax: 3_000 }, { answerMsMax: 3_000 }])(
  'a transaction whose owner falls silent gives its locks back: %o',
  async (limits) => {
    const options = { url: clone.url, connectionsMax: 1, applicationName: 'droplock-test' }
    const db = openDatabase({ ...options, ...limits })
    const silence = Promise.withResolvers<void>()
    const locked = Promise.withResolvers<void>()
    const frozen = inTransaction(db, async (tx) => {
      await lock('a').execute(tx)
      locked.resolve()
      await silence.promise
      await lock('b').execute(tx)
    })
    await locked.promise
    await inTransaction(clone.db, (tx) => lock('a').execute(tx), { lockMsMax: 30_000 })
    silence.resolve()
    expect(await frozen.catch(reported)).toEqual({ isUnreachable: true })
    await db.destroy()
  },
)

test('inside a transaction, a part that throws is undone alone', async () => {
  await rolledBack(async (tx) => {
    await inTransaction(tx, (part) => part.insertInto('registry').values(registry('kept')).execute())
    const failed = inTransaction(tx, async (part) => {
      await part.insertInto('registry').values(registry('undone')).execute()
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await tx.selectFrom('registry').select('id').execute()).toEqual([{ id: 'kept' }])
  })
})

test('a part keeps at its end what a transaction promises at commit', async () => {
  await rolledBack(async (tx) => {
    const lopsided = inTransaction(tx, (part) =>
      part
        .insertInto('posting')
        .values(posting({ amount_minor: 100n }))
        .execute(),
    )
    const error: unknown = await lopsided.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(violated(error, 'posting_set_sums_to_zero')).toBe(true)
  })
})

test('nothing of a rolled-back test is there for the next', async () => {
  await rolledBack(async (tx) => {
    expect(await tx.selectFrom('registry').selectAll().execute()).toEqual([])
  })
})

function posting(changes: { amount_minor: bigint }) {
  const cause_id = '01900000-0000-7000-8000-000000000001'
  return {
    cause: 'top_up',
    cause_id,
    line: 1,
    ledger_account: 'revenue',
    currency: 'USD',
    ...changes,
  } as const
}
