import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { lockTimedOut } from '../../src/database/errors.ts'
import { sendTogether } from '../../src/database/send-together.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'

test('statements are carried out in the order in which they are given, and each has its own result', () =>
  rolledBack(async (tx) => {
    await sql`create temporary table step (at integer) on commit drop`.execute(tx)
    const write = (at: number) => sql`insert into step values (${at})`.execute(tx)
    const read = async () =>
      (await sql<{ at: number }>`select max(at) as at from step`.execute(tx)).rows[0]?.at
    expect(await sendTogether([write(1), read(), write(2), read()])).toMatchObject([{}, 1, {}, 2])
  }))

test('what failed is thrown, not that those after it were refused, whichever is known first', () =>
  rolledBack(async (tx) => {
    const divide = async () => {
      try {
        await sql`select 1 / 0`.execute(tx)
      } catch (error) {
        // As a use case that looks at the error: it rejects later than the statements after it.
        await new Promise(setImmediate)
        throw error
      }
    }
    const read = () => sql`select 1`.execute(tx)
    await sql`savepoint before`.execute(tx)
    await expect(sendTogether([read(), divide(), read(), read()])).rejects.toMatchObject({ code: '22012' })
    await sql`rollback to savepoint before`.execute(tx)
    await expect(sendTogether([Promise.reject(new Error('no lease')), divide()])).rejects.toThrow('no lease')
    await sql`rollback to savepoint before`.execute(tx)
  }))

test('a lock that is not obtained in time is known as that, and the connection is of use afterwards', async () => {
  const clone = await cloneDatabase({ connectionsMax: 2 })
  try {
    await sql`create table counter (id integer primary key, value integer); insert into counter values (1, 0)`.execute(
      clone.db,
    )
    const lock = sql`select from counter where id = 1 for update`
    await inTransaction(clone.db, async (tx) => {
      await lock.execute(tx)
      const waiting = clone.db.transaction().execute(async (other) => {
        await sql`set local lock_timeout = 50`.execute(other)
        const add = sql`update counter set value = value + ${1}`
        return sendTogether([lock.execute(other), add.execute(other), add.execute(other)])
      })
      expect(lockTimedOut(await waiting.catch((error: unknown) => error))).toBe(true)
    })
    const add = sql`update counter set value = value + ${1} returning value`
    expect((await add.execute(clone.db)).rows).toEqual([{ value: 1 }])
  } finally {
    await clone.drop()
  }
})
