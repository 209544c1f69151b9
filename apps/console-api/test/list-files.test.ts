import { listFiles } from '@droplock/contracts/console/list-files'
import { operations } from '@droplock/contracts/console/operations'
import { newId } from '@droplock/core/new-id'
import { filePermission } from '@droplock/rules/list-files'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Ask } from './support/app.ts'
import { expectProblem } from './support/problem.ts'
import { givenRequests } from './support/requests.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
let everyone: Person
let finance: Person
let requests: Readonly<Record<string, Ask>>

beforeAll(async () => {
  requests = await givenRequests(world)
  everyone = await givenPerson(world, 'operator', 'finance_approver', 'admin')
  finance = await givenPerson(world, 'finance')
})

type Row = Readonly<Record<string, string>>

/** The path of a list's file. */
function fileAt({ path }: Ask): string {
  const [list = '', query] = path.split('?')
  return query === undefined ? `${list}.csv` : `${list}.csv?${query}`
}

async function readFile(
  person: Person,
  path: string,
): Promise<{ rows: Row[]; text: string; end: Row | undefined }> {
  const response = await person.send({ path })
  const text = await response.text()
  expect(response.status, text).toBe(200)
  // `text()` drops the byte order mark.
  const rows: Row[] = parse(text, { columns: true, bom: true })
  const end = rows.pop()
  return { rows, text, end }
}

const List = z.object({ items: z.array(z.record(z.string(), z.unknown())), total: z.int().optional() })

async function readList(person: Person, path: string) {
  return List.parse(await (await person.send({ path })).json())
}

test('every list of the API has its file, and nothing else has one', () => {
  const lists = Object.values(operations).filter(
    ({ operationId, method }) => method === 'get' && operationId.startsWith('list'),
  )
  const files = listFiles.map(({ operation }) => operation.operationId)
  expect(files).toEqual(expect.arrayContaining(lists.map(({ operationId }) => `${operationId}File`)))
  expect(files.length).toBeGreaterThan(30)
})

test("a list that only those may read who see customers' money is exported by finance alone, and the console knows", () => {
  for (const { operationId, path, security } of Object.values(operations)) {
    if (!listFiles.some(({ operation }) => operation.operationId === `${operationId}File`)) continue
    const [toRead] = security.flatMap(({ session }): readonly string[] => session)
    if (toRead === 'money:read')
      expect(filePermission(path.replace('/api/', ''), 'console:read'), path).toBe('money:export')
  }
})

describe('the file of a list', () => {
  test.each(listFiles)(
    '$list has the rows of the list in their order, and says where it ends',
    async ({ operation, columns, isPaged }) => {
      const ask = requests[operation.operationId.replace(/File$/, '')]
      if (ask === undefined) throw new Error('no request is written for the list')
      const { path } = ask
      // The file is recorded in the audit, so what that list shows comes after it.
      const { rows, end } = await readFile(everyone, fileAt(ask))
      const { items } = await readList(
        everyone,
        isPaged ? `${path}${path.includes('?') ? '&' : '?'}per_page=200` : path,
      )
      const shown =
        operation.operationId === 'listAuditFile'
          ? items.filter(({ action }) => action !== 'list.exported')
          : items
      const ofChanges = rows.filter(({ action }) => action !== 'list.exported')
      expect(ofChanges).toHaveLength(shown.length)
      expect(Object.values(end ?? {})[0]).toBe(
        `End of list: ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`,
      )
      const plain = columns.find(
        (column) => column.kind === 'text' && column.path.length === 1 && column.header !== 'subject',
      )
      if (plain === undefined) throw new Error('no column is plain')
      const texts = shown.map((item) => item[plain.header] ?? '')
      expect(ofChanges.map((row) => row[plain.header])).toEqual(
        texts.map((text) => (typeof text === 'object' ? expect.any(String) : String(text))),
      )
    },
  )
})

/** More than a list counts. */
const BLOCKED = 10_450

/** Blocks a name for each of these numbers. */
async function block(numbers: readonly number[]): Promise<void> {
  const of = { zone: 'test', reason: 'a court order', blocked_by: 'Anna', blocked_at: new Date() }
  const blocks = numbers.map((number) => ({ ...of, id: newId(), name: `n${number}.test` }))
  await world.ctx.db.insertInto('blocked_name').values(blocks).execute()
}

describe('a long list', () => {
  beforeAll(async () => {
    for (let first = 0; first < BLOCKED; first += BLOCKED / 10) {
      await block(Array.from({ length: BLOCKED / 10 }, (_, index) => first + index))
    }
  })
  const path = '/api/blocked-names.csv?q=n'

  test('is whole, however many its pages count, and as of the moment at which it began', async () => {
    const response = await everyone.send({ path })
    const reader = (response.body ?? new ReadableStream()).getReader()
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    let text = decoder.decode((await reader.read()).value)
    await block([BLOCKED + 1])
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      text += decoder.decode(piece.value)
    expect(text.startsWith('\uFEFFid,name,zone,')).toBe(true)
    const rows: Row[] = parse(text, { columns: true, bom: true })
    expect(Object.values(rows.pop() ?? {})[0]).toBe(`End of list: ${BLOCKED} rows`)
    expect(new Set(rows.map(({ name }) => name)).size).toBe(BLOCKED)
    expect(text.endsWith(',\r\n')).toBe(true)
  })

  test('breaks off, without its last line, when the person is disabled meanwhile', async () => {
    const leaver = await givenPerson(world, 'operator')
    const response = await leaver.send({ path })
    const pieces: string[] = []
    const read = async () => {
      for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(
        new TextDecoderStream(),
      )) {
        if (pieces.length === 0)
          await world.ctx.db
            .updateTable('staff_account')
            .set({ disabled_at: new Date() })
            .where('id', '=', leaver.id)
            .execute()
        pieces.push(piece)
      }
    }
    await expect(read()).rejects.toThrow('disabled')
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).not.toContain('End of list')
  })

  test('leaves no connection behind, whether it is read to its end or given up', async () => {
    for (let asked = 0; asked < 12; asked += 1) {
      const response = await everyone.send({ path })
      expect(response.status).toBe(200)
      if (asked % 4 === 0) await response.text()
      else await response.body?.cancel()
    }
  })
})

describe('money', () => {
  test('is a decimal number in major units beside its currency, and a formula is inert', async () => {
    await world.ctx.db.updateTable('account').set({ name: '=1+1' }).execute()
    const { rows } = await readFile(finance, '/api/payments.csv?sort=created_at&order=desc')
    expect(rows[0]).toMatchObject({
      account_name: "'=1+1",
      amount: expect.stringMatching(/^\d+\.\d\d$/),
      amount_currency: 'USD',
    })
  })

  test('is exported by finance alone', async () => {
    const operator = await givenPerson(world, 'operator')
    for (const list of ['refunds', 'payments', 'accounts', 'reconciliation/items'])
      await expectProblem(await operator.send({ path: `/api/${list}.csv` }), 'forbidden')
  })
})

test('filters and the order are those of the list; pages and unknown filters are refused', async () => {
  const { rows } = await readFile(everyone, '/api/refunds.csv?state=proposed&sort=amount&order=asc')
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['proposed']))
  await expectProblem(await everyone.send({ path: '/api/refunds.csv?page=2' }), 'invalid_request')
  await expectProblem(await everyone.send({ path: '/api/refunds.csv?colour=red' }), 'invalid_request')
  const missing = '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
  await expectProblem(
    await everyone.send({ path: `/api/sync-runs/${missing}/changes.csv` }),
    'sync_run_not_found',
  )
})

test('who took which list, filtered by what, is in the audit before anything is sent', async () => {
  const response = await finance.send({ path: '/api/refunds.csv?state=proposed' })
  await response.body?.cancel()
  const entry = await world.ctx.db
    .selectFrom('audit_entry')
    .selectAll()
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(entry).toMatchObject({
    action: 'list.exported',
    actor_id: finance.id,
    subject_type: 'list',
    subject_id: 'refunds',
    after: { state: 'proposed' },
  })
})
