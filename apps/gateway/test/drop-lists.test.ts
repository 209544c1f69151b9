import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { writeDropList } from '@droplock/core/drop-lists/write'
import { sync } from 'node-ical'
import { beforeAll, expect, test } from 'vitest'
import { CalendarAddress } from '../src/resources/calendar.ts'
import { DropListDetail, DropListPage, Publication } from '../src/resources/drop-lists.ts'
import { answering, createTestApp, sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { order, someId } from './support/requests.ts'
import { givenCustomer, givenListings, inHours, useWorld } from './support/world.ts'

const world = useWorld()
const purgeAt = inHours(30)
const purged = `${purgeAt.toISOString().slice(0, 19)}Z`
let key: string

/** Writes the list of what is published by now. */
async function write(): Promise<number | undefined> {
  return writeDropList(world.ctx)
}

beforeAll(async () => {
  await givenListings(world.ctx, ['b.test', 'a.test', 'one.filters'], { purgeAt })
  await givenListings(world.ctx, ['later.test'], { purgeAt, opensAt: inHours(1) })
  key = (await givenCustomer(world.ctx)).key
  await world.send(order('a.test', key))
  expect(await write()).toBe(4)
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  world.send({ path, key, headers, method })

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

async function latest() {
  return DropListDetail.parse(await (await get('/v1/drop-lists/latest')).json())
}

answers('getPublication', 200, 'the next list is to be expected in the window of the service', async () => {
  const { next } = Publication.parse(await (await get('/v1/publication')).json())
  expect(next?.from.slice(11)).toBe('09:30:00.000Z')
  expect(next?.to.slice(11)).toBe('10:00:00.000Z')
  expect(new Date(next?.to ?? 0).getTime()).toBeGreaterThanOrEqual(Date.now())
})

test('without a window a list is to be expected at any time', async () => {
  const { send } = createTestApp({ test: answering(async () => []) }, { publication: 'at_once' })
  expect(await (await send({ path: '/v1/publication', key: someKey })).json()).toEqual({})
})

answers('listDropLists', 200, 'a list for each publication, newest first, page by page', async () => {
  await givenListings(world.ctx, ['next.unrenewed'], { purgeAt })
  expect(await write()).toBe(5)
  expect(await write()).toBeUndefined()
  const first = DropListPage.parse(await (await get('/v1/drop-lists?limit=1')).json())
  expect(first.items).toMatchObject([{ names: 5 }])
  const second = DropListPage.parse(await (await get(`/v1/drop-lists?cursor=${first.next}`)).json())
  expect(second.items).toMatchObject([{ names: 4 }])
  expect(second.next).toBeUndefined()
})

answers('getDropList', 200, 'its counts, in all and of each zone', async () => {
  const list = await latest()
  expect(list.zones.map(({ zone, names }) => [zone, names])).toEqual([
    ['filters', 1],
    ['test', 3],
    ['unrenewed', 1],
  ])
  const { id } = list
  expect(await (await get(`/v1/drop-lists/${id}`)).json()).toEqual(JSON.parse(JSON.stringify(list)))
})

answers(
  'getDropListFile',
  200,
  'what is open or will be, ordered or not, in the columns of the draft',
  async () => {
    const response = await get('/v1/drop-lists/latest/file')
    expect(response.status).toBe(200)
    const file = await bytesOf(response)
    const list = await latest()
    expect(gunzipSync(file).toString().split('\n').slice(1).toSorted()).toEqual(
      [
        '',
        `filters,one.filters,,${purged}`,
        `test,a.test,,${purged}`,
        `test,b.test,,${purged}`,
        `test,later.test,,${purged}`,
        `unrenewed,next.unrenewed,,${purged}`,
      ].toSorted(),
    )
    expect(gunzipSync(file).toString().split('\n')[0]).toBe('TLD,DOMAIN,EXPIRED,PURGED')
    expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([list.bytes, list.sha256])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: `"${list.sha256}"`,
      'last-modified': new Date(list.made_at).toUTCString(),
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-type': 'application/gzip',
      'content-length': String(list.bytes),
      'content-disposition': `attachment; filename="droplock_domain-drop-list_${list.made_at.slice(0, 10)}.csv.gz"`,
    })
  },
)

test('the file of a zone has its names alone, and what is said of it is true', async () => {
  const file = await bytesOf(await get('/v1/drop-lists/latest/file?zone=FILTERS'))
  expect(gunzipSync(file).toString()).toBe(`TLD,DOMAIN,EXPIRED,PURGED\nfilters,one.filters,,${purged}\n`)
  const zone = (await latest()).zones.find((found) => found.zone === 'filters')
  expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([zone?.bytes, zone?.sha256])
})

answers('getDropListFile', 206, 'a range, and pieces of all sizes put together are the file', async () => {
  const whole = await bytesOf(await get('/v1/drop-lists/latest/file'))
  const etag = `"${(await latest()).sha256}"`
  for (const size of [1, 7, 64, whole.length - 1]) {
    const pieces: Buffer[] = []
    for (let from = 0; from < whole.length; from += size) {
      const range = { Range: `bytes=${from}-${from + size - 1}`, 'If-Range': etag }
      const response = await get('/v1/drop-lists/latest/file', range)
      const last = Math.min(from + size, whole.length) - 1
      expect([response.status, response.headers.get('Content-Range')]).toEqual([
        206,
        `bytes ${from}-${last}/${whole.length}`,
      ])
      pieces.push(await bytesOf(response))
    }
    expect(Buffer.concat(pieces)).toEqual(whole)
  }
})

test('what the client has is not sent again, and HEAD sends nothing', async () => {
  const { sha256, bytes } = await latest()
  const unchanged = await get('/v1/drop-lists/latest/file', { 'If-None-Match': `"${sha256}"` })
  expect([unchanged.status, (await bytesOf(unchanged)).length]).toEqual([304, 0])
  const head = await get('/v1/drop-lists/latest/file', {}, 'HEAD')
  expect([head.status, (await bytesOf(head)).length, head.headers.get('Content-Length')]).toEqual([
    200,
    0,
    String(bytes),
  ])
})

refuses('getDropListFile', 'range_not_satisfiable', 'a range beyond the file', () =>
  get('/v1/drop-lists/latest/file', { Range: 'bytes=999999-' }),
)

test('such a refusal says how long the file is', async () => {
  const response = await get('/v1/drop-lists/latest/file', { Range: 'bytes=999999-' })
  expect(response.headers.get('Content-Range')).toBe(`bytes */${(await latest()).bytes}`)
})

refuses('getDropListFile', 'zone_not_found', 'a zone without names', () =>
  get('/v1/drop-lists/latest/file?zone=com'),
)
refuses('getDropListFile', 'drop_list_not_found', 'an id of nothing', () =>
  get(`/v1/drop-lists/${someId}/file`),
)
refuses('getDropListFile', 'invalid_request', 'what is no id', () =>
  sendUnreached({ path: '/v1/drop-lists/first/file', key: someKey }),
)
refuses('getDropList', 'drop_list_not_found', 'an id of nothing', () => get(`/v1/drop-lists/${someId}`))
refuses('getDropList', 'invalid_request', 'what is no id', () =>
  sendUnreached({ path: '/v1/drop-lists/first', key: someKey }),
)
refuses('listDropLists', 'invalid_cursor', 'a cursor that no page ended with', () =>
  get(`/v1/drop-lists?cursor=${someId}`),
)
refuses('listDropLists', 'invalid_request', 'a limit beyond the maximum', () =>
  sendUnreached({ path: '/v1/drop-lists?limit=201', key: someKey }),
)

answers(
  'getCalendar',
  200,
  'windows and cut-offs of each zone and day, as another parser reads them',
  async () => {
    const response = await get('/v1/calendar.ics?zone=test,filters')
    expect(response.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8')
    const text = await response.text()
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    const events = Object.values(sync.parseICS(text)).filter((each) => each?.type === 'VEVENT')
    const day = purgeAt.toISOString().slice(0, 10)
    const found = events.map((event) => [event?.uid, event?.type === 'VEVENT' && String(event.summary)])
    expect(found.toSorted()).toEqual([
      [`${day}-filters-cutoff@droplock`, '.filters: last orders for 1 name'],
      [`${day}-filters-drop@droplock`, '.filters drops: 1 name'],
      [`${day}-test-cutoff@droplock`, '.test: last orders for 3 names'],
      [`${day}-test-drop@droplock`, '.test drops: 3 names'],
    ])
    const drop = events.find((event) => event?.uid === `${day}-test-drop@droplock`)
    const seconds = Math.floor(purgeAt.getTime() / 1_000) * 1_000
    expect(drop?.type === 'VEVENT' && drop.start.getTime()).toBe(seconds)
  },
)

answers('getCalendarAddress', 200, 'an address that needs no header, and ends with its key', async () => {
  const customer = await givenCustomer(world.ctx)
  const response = await world.send({ path: '/v1/calendar-address', key: customer.key })
  const { path } = CalendarAddress.parse(await response.json())
  expect((await world.send({ path: `${path}&zone=test` })).status).toBe(200)
  const [start, token] = path.split('token=')
  for (const wrong of [`${token?.slice(0, -2)}xx`, 'dlc_test_x', token?.replace('dlc_test', 'dlc_live')])
    await expectProblem(await world.send({ path: `${start}token=${wrong}` }), 'unauthenticated')
  await expectProblem(await world.send({ path: path.replace('calendar.ics', 'balance') }), 'unauthenticated')
  await world.ctx.db
    .updateTable('api_key')
    .set({ revoked_at: new Date() })
    .where('account_id', '=', customer.accountId)
    .execute()
  await expectProblem(await world.send({ path }), 'unauthenticated')
})

refuses('getCalendar', 'invalid_request', 'what is no zone', () =>
  sendUnreached({ path: '/v1/calendar.ics?zone=a b', key: someKey }),
)
