import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { rolledBack } from '../../src/testing/rolled-back.ts'

test('no index of listings has the holder or the version: an order adds to none of them', () =>
  rolledBack(async (tx) => {
    const { rows } = await sql<{ definition: string }>`
      select indexdef as definition from pg_indexes where tablename = 'listing'`.execute(tx)
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter(({ definition }) => /\b(holder|version)\b/.test(definition))).toEqual([])
  }))

test('the columns of the search are derived from the name', () =>
  rolledBack(async (tx) => {
    const columnsOf = async (label: string) => {
      const { rows } = await sql`
        select label_class(l) as class, label_kinds(l) as kinds, label_repeats(l) as repeats, listing_label(l || '.co.uk', 'co.uk') as label
        from (values (${label}::text)) as given (l)`.execute(tx)
      return rows[0]
    }
    expect(await columnsOf('baba')).toEqual({ class: 'l', kinds: 'CVCV', repeats: 'ABAB', label: 'baba' })
    expect(await columnsOf('a1')).toEqual({ class: 'ld', kinds: 'VN', repeats: 'AB', label: 'a1' })
    expect(await columnsOf('1122')).toEqual({ class: 'd', kinds: 'NNNN', repeats: 'AACC', label: '1122' })
    expect(await columnsOf('my-shop')).toEqual({ class: 'l-', kinds: null, repeats: null, label: 'my-shop' })
    expect(await columnsOf('1-2')).toEqual({ class: 'd-', kinds: null, repeats: null, label: '1-2' })
    expect(await columnsOf('workshop')).toEqual({ class: 'l', kinds: null, repeats: null, label: 'workshop' })
    expect(await columnsOf('xn--mnchen-3ya')).toMatchObject({ class: 'idn', kinds: null, repeats: null })
  }))
