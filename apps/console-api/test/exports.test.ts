import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { givenDecided } from '../../../packages/core/test/support/held.ts'
import { streamText } from '../src/http/stream-text.ts'
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

const ALL = 'from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z'

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

  test('is sent as a file named after its period, which only the browser may cache', async () => {
    const { headers, body } = await finance.send({ path: `/api/exports/ledger.csv?${ALL}` })
    await body?.cancel()
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(headers.get('Content-Disposition')).toBe(
      'attachment; filename="droplock_ledger_2020-01-01_2099-01-01.csv"',
    )
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

describe('files that are not read', () => {
  const ledger = { path: `/api/exports/ledger.csv?${ALL}` }

  test('are two of one person and four of all at once, until one is read or given up', async () => {
    const [ann, bob, cleo] = await Promise.all([1, 2, 3].map(() => givenPerson(world, 'finance')))
    if (!ann || !bob || !cleo) throw new Error('three people are missing')
    const first = await ann.send(ledger)
    const second = await ann.send(ledger)
    const refused = await ann.send(ledger)
    expect(refused.headers.get('Retry-After')).toBe('10')
    await expectProblem(refused, 'export_limit_reached')
    const others = [await bob.send(ledger), await bob.send(ledger)]
    expect(others.map(({ status }) => status)).toEqual([200, 200])
    await expectProblem(await cleo.send(ledger), 'export_limit_reached')

    expect((await first.text()).length).toBeGreaterThan(100)
    await second.body?.cancel()
    const next = [await cleo.send(ledger), await ann.send(ledger)]
    expect(next.map(({ status }) => status)).toEqual([200, 200])
    for (const { body } of [...next, ...others]) await body?.cancel()
  })

  test('one that is refused takes no turn from others', async () => {
    const path = '/api/exports/ledger.csv?from=2020-01-02T00:00:00Z&to=2020-01-01T00:00:00Z'
    for (let asked = 0; asked < 5; asked += 1) {
      await expectProblem(await finance.send({ path }), 'invalid_period')
    }
    expect((await read(ledger.path)).length).toBeGreaterThan(0)
  })
})

async function* lines(stopped: () => void) {
  try {
    for (;;) yield 'a line\n'
  } finally {
    stopped()
  }
}

describe('a stream', () => {
  const bounds = { msMax: 60_000, pieceMsMax: 60_000 }

  test('that the client does not read is ended, and so is its query', async () => {
    const [ended, stopped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const stream = await streamText(lines(stopped.resolve), {
      ...bounds,
      pieceMsMax: 20,
      onEnd: ended.resolve,
    })
    await Promise.all([ended.promise, stopped.promise])
    await expect(stream.getReader().read()).rejects.toThrow('no more of the file was read')
  })

  test('that takes too long altogether ends, however fast it is read', async () => {
    const [ended, stopped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const stream = await streamText(lines(stopped.resolve), { ...bounds, msMax: 20, onEnd: ended.resolve })
    await expect(new Response(stream).text()).rejects.toThrow('was not read within 20 ms')
    await Promise.all([ended.promise, stopped.promise])
  })
})
