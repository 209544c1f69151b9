import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { writeDropList } from '../../src/drop-lists/write.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { contextOf, givenListings, givenRegistry } from '../support/world.ts'

async function open(): Promise<Context> {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  return ctx
}

test('of workers that write at once one does, and the others find it done', async () => {
  const ctx = await open()
  await givenListings(ctx, { names: ['a.test', 'b.test'] })
  const written = await Promise.all(Array.from({ length: 6 }, () => writeDropList(ctx)))
  expect(written.filter((names) => names !== undefined)).toEqual([2])
  expect(await ctx.db.selectFrom('drop_list').select('names').execute()).toEqual([{ names: 2 }])
})

test('a list that was interrupted leaves nothing, and is written by the next', async () => {
  const ctx = await open()
  await givenListings(ctx, { names: ['a.test'] })
  await sql`alter table drop_list_window rename to away`.execute(ctx.db)
  await expect(writeDropList(ctx)).rejects.toThrow('drop_list_window')
  expect(await ctx.db.selectFrom('drop_list_part').select('number').execute()).toEqual([])
  await sql`alter table away rename to drop_list_window`.execute(ctx.db)
  expect(await writeDropList(ctx)).toBe(1)
})

test('a file of several parts has every name once, and none that has ended or is closed', async () => {
  const ctx = await open()
  const names = Array.from({ length: 45_000 }, (_, index) => `name-${index}.test`)
  await givenListings(ctx, { names })
  for (const state of ['open', 'closed'])
    await sql`update listing set state = ${state} where name = 'name-7.test' and state <> ${state}`.execute(
      ctx.db,
    )
  expect(await writeDropList(ctx)).toBe(44_999)
  const parts = await ctx.db.selectFrom('drop_list_part').select('content').orderBy('number').execute()
  expect(parts.length).toBe(4)
  const lines = gunzipSync(Buffer.concat(parts.map(({ content }) => content)))
    .toString()
    .trimEnd()
    .split('\n')
  const listed = lines.slice(1).map((line) => line.split(',')[1])
  expect(new Set(listed)).toEqual(new Set(names.filter((name) => name !== 'name-7.test')))
  expect(listed).toHaveLength(44_999)
})
