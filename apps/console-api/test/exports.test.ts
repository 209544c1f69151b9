import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { givenDecided } from '../../../packages/core/test/support/held.ts'
import { expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
let finance: Person
beforeAll(async () => {
  await givenDecided(world.ctx, 'lost')
  const name = '=cmd|x!A1 "quoted", and a comma'
  await world.ctx.db.updateTable('account').set({ name }).execute()
  finance = await givenPerson(world, 'finance')
})

const ALL = 'from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z'

async function read(path: string): Promise<Record<string, string>[]> {
  const response = await finance.send({ path })
  expect(response.status).toBe(200)
  return parse(await response.text(), { columns: true })
}

describe('the ledger as a file', () => {
  test('has every posting once, amounts as numbers and their sum zero', async () => {
    const rows = await read(`/api/exports/ledger.csv?${ALL}`)
    const postings = await world.ctx.db.selectFrom('posting').select('cause').execute()
    expect(rows).toHaveLength(postings.length)
    expect(rows.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(0)
    expect(rows.filter(({ amount }) => amount?.startsWith('-')).length).toBe(rows.length / 2)
  })

  test('is told as a file of its period, which the browser keeps to itself', async () => {
    const { headers } = await finance.send({ path: `/api/exports/ledger.csv?${ALL}` })
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('Content-Disposition')).toBe(
      'attachment; filename="droplock_ledger_2020-01-01_2100-01-01.csv"',
    )
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('Cache-Control')).toContain('no-store')
  })

  test('has nothing of another period, and none of one that ends before it starts', async () => {
    expect(await read('/api/exports/ledger.csv?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z')).toEqual(
      [],
    )
    const path = '/api/exports/ledger.csv?from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z'
    await expectProblem(await finance.send({ path }), 'invalid_period')
    await expectProblem(await finance.send({ path: '/api/exports/ledger.csv' }), 'invalid_request')
  })
})

test('refunds are a file too, and a name that is a formula is inert in it', async () => {
  const rows = await read(`/api/exports/refunds.csv?${ALL}`)
  expect(rows).toMatchObject([
    {
      state: 'succeeded',
      cause: 'backorder_failed',
      destination: 'original_payment',
      amount: '19.00',
      currency: 'USD',
      account_name: `'=cmd|x!A1 "quoted", and a comma`,
    },
  ])
  const path = '/api/exports/refunds.csv?from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z'
  await expectProblem(await finance.send({ path }), 'invalid_period')
})
