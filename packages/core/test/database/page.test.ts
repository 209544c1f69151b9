import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { readListed } from '../../src/database/page.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { countStatements } from '../support/count-statements.ts'

const ROWS = 7
const COUNTED_MAX = 5

test('every page of a list names the same total, and one that ends the list is not counted', () =>
  rolledBack(async (tx) => {
    await sql`create temporary table thing on commit drop as select gen_random_uuid() as id, place
      from generate_series(1, ${sql.lit(ROWS)}) as place`.execute(tx)
    const things = tx
      .selectFrom(sql<{ id: string; place: number }>`thing`.as('thing'))
      .select(['id', 'place'])
    const read = (offset: number, limit: number, countedMax?: number) =>
      readListed(tx, things.orderBy('place'), { offset, limit }, ({ place }) => place, {
        key: 'id',
        ...(countedMax !== undefined && { countedMax }),
      })
    for (let offset = 0; offset < ROWS; offset += 1) {
      for (let limit = 1; limit <= ROWS + 1; limit += 1) {
        const { items, total, totalIsExact = true } = await read(offset, limit)
        expect([total, totalIsExact]).toEqual([ROWS, true])
        expect(items.toSorted()).toEqual(
          Array.from({ length: Math.min(limit, ROWS - offset) }, (_, index) => offset + index + 1),
        )
      }
    }
    expect(await read(ROWS + 1, 2)).toMatchObject({ items: [], total: ROWS })
    expect((await countStatements(() => read(0, ROWS + 1))).statements).toBe(1)
    expect((await countStatements(() => read(0, ROWS))).statements).toBe(2)
    expect(await read(0, 2, COUNTED_MAX)).toMatchObject({ total: COUNTED_MAX, totalIsExact: false })
  }))
