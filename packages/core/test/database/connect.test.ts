import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { rolledBack } from '../../src/testing/rolled-back.ts'

test('money and counts are read exactly, calendar dates as text, instants as Date', async () => {
  await rolledBack(async (tx) => {
    const { rows } = await sql`
      select 9007199254740993::bigint as big, count(*) as counted, sum(amount) as summed,
        date '2026-11-24' as day, timestamptz '2026-11-24T09:30:00.123Z' as instant
      from (values (9007199254740993::bigint)) as money (amount)`.execute(tx)
    expect(rows).toEqual([
      {
        big: 9007199254740993n,
        counted: 1n,
        summed: '9007199254740993',
        day: '2026-11-24',
        instant: new Date('2026-11-24T09:30:00.123Z'),
      },
    ])
  })
})

test('bigint, Date and bytes are written as they are', async () => {
  await rolledBack(async (tx) => {
    const id = '01900000-0000-7000-8000-000000000001'
    const created_at = new Date('2026-11-24T09:30:00.123Z')
    await tx
      .insertInto('account')
      .values({ id, name: 'A', currency: 'USD', credit_limit_minor: 9007199254740993n, created_at })
      .execute()
    const read = await tx
      .selectFrom('account')
      .select(['credit_limit_minor', 'created_at'])
      .executeTakeFirstOrThrow()
    expect(read).toEqual({ credit_limit_minor: 9007199254740993n, created_at })
  })
})
