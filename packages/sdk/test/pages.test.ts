import { expect, expectTypeOf, test } from 'vitest'
import { type Client, createClient, type Schema } from '../src/client.ts'
import { type ListPath, pages } from '../src/pages.ts'

/** Answers with these pages, one after the other. Returns what was asked for. */
function answering(answers: readonly object[]) {
  const left = [...answers]
  const asked: unknown[] = []
  const get = async (path: string, init: { readonly params: { readonly query: object } }) => {
    asked.push([path, init.params.query])
    return left.shift()
  }
  return { client: { get } as unknown as Client, asked }
}

async function all<Item>(items: AsyncGenerator<Item>): Promise<readonly Item[]> {
  const taken: Item[] = []
  for await (const item of items) taken.push(item)
  return taken
}

test('the items of all pages come one after the other, each page with the filters of the first', async () => {
  const { client, asked } = answering([
    { items: [1, 2], next: 'a' },
    { items: [], next: 'b' },
    { items: [3] },
  ])
  const query = { state: 'failed', limit: 2 } as const
  const items: readonly unknown[] = await all(pages(client, '/v1/backorders', { params: { query } }))
  expect(items).toEqual([1, 2, 3])
  expect(asked).toEqual([
    ['/v1/backorders', query],
    ['/v1/backorders', { ...query, cursor: 'a' }],
    ['/v1/backorders', { ...query, cursor: 'b' }],
  ])
})

test('a page is asked for when its first item is', async () => {
  const { client, asked } = answering([{ items: [1], next: 'a' }, { items: [2] }])
  for await (const _ of pages(client, '/v1/watches')) break
  expect(asked).toHaveLength(1)
})

test('events continue after a cursor', async () => {
  const { client, asked } = answering([{ items: [1], next: '7' }, { items: [] }])
  await all(pages(client, '/v1/events', { params: { query: { after: '3' } } }))
  expect(asked).toEqual([
    ['/v1/events', { after: '3' }],
    ['/v1/events', { after: '7' }],
  ])
})

test('items have the type of their list, and what is no list has no pages', () => {
  const client = createClient({ baseUrl: 'http://127.0.0.1:1', apiKey: 'none' })
  expectTypeOf(pages(client, '/v1/backorders')).toEqualTypeOf<
    AsyncGenerator<Schema<'Backorder'>, void, undefined>
  >()
  expectTypeOf<'/v1/balance'>().not.toExtend<ListPath>()
  expectTypeOf<'/v1/events'>().toExtend<ListPath>()
})
