import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { queryRdap, readDomain } from '../src/query-rdap.ts'

/** Starts a server with these answers. Returns its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const never = new AbortController().signal
const ask = (base: string, signal = never) => queryRdap(base, 'x.test', signal)

const domain = {
  objectClassName: 'domain',
  ldhName: 'X.TEST',
  status: ['Active', 'server delete prohibited'],
  events: [
    { eventAction: 'expiration', eventDate: '2027-07-01T19:00:01Z' },
    { eventAction: 'registration', eventDate: '2026-07-01T19:00:01Z' },
    { eventAction: 'last update of RDAP database', eventDate: '2026-07-01T20:00:00Z' },
  ],
  entities: [
    {
      objectClassName: 'entity',
      handle: '9999',
      roles: ['registrar'],
      vcardArray: [
        'vcard',
        [
          ['version', {}, 'text', '4.0'],
          ['fn', {}, 'text', 'A Registrar Ltd'],
        ],
      ],
    },
  ],
}

test('a domain is asked for below the base address and read', async () => {
  let asked: string | undefined
  const base = await serve((request, response) => {
    asked = `${request.url} ${request.headers.accept}`
    response.end(JSON.stringify(domain))
  })
  const read = {
    kind: 'found',
    domain: {
      name: 'x.test',
      statuses: ['active', 'server delete prohibited'],
      registeredAt: new Date('2026-07-01T19:00:01Z'),
      updatedAt: new Date('2026-07-01T20:00:00Z'),
      registrar: 'A Registrar Ltd',
    },
  }
  expect(await ask(`${base}/rdap/`)).toEqual({ answer: read, status: 200, requests: 1 })
  expect(asked).toBe('/rdap/domain/x.test application/rdap+json, application/json')
  expect(await ask(`${base}/rdap`)).toMatchObject({ status: 200 })
})

test('a redirection is followed (RFC 7480)', async () => {
  const base = await serve((request, response) => {
    if (request.url?.startsWith('/there') === true) response.end(JSON.stringify(domain))
    else response.writeHead(302, { location: '/there/domain/x.test' }).end()
  })
  expect(await ask(base)).toMatchObject({ answer: { kind: 'found' }, requests: 2 })
})

test('no redirection leads to another host or port, to HTTP, or on and on', async () => {
  let asked = 0
  const other = await serve((_, response) => {
    asked += 1
    response.end(JSON.stringify(domain))
  })
  for (const location of [
    `${other}/domain/x.test`,
    other.replace('127.0.0.1', 'localhost'),
    'file:///etc/passwd',
  ]) {
    const base = await serve((_, response) => void response.writeHead(302, { location }).end())
    expect(await ask(base)).toMatchObject({ answer: { kind: 'unavailable' }, status: 302 })
  }
  expect(asked).toBe(0)
  const endless = await serve(
    ({ url }, response) => void response.writeHead(302, { location: `${url}/on` }).end(),
  )
  expect(await ask(endless)).toMatchObject({ answer: { reason: 'too many redirections' }, requests: 3 })
})

test('404 is absent, and no other refusal is', async () => {
  for (const status of [400, 403, 404, 422, 429, 500, 503]) {
    const base = await serve((_, response) => void response.writeHead(status).end('{}'))
    expect(await ask(base)).toMatchObject({
      answer: { kind: status === 404 ? 'absent' : 'unavailable' },
      status,
    })
  }
})

test.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': 'Wed, 01 Jul 2026 19:00:30 GMT', date: 'Wed, 01 Jul 2026 19:00:00 GMT' }, 30_000],
  [{ 'retry-after': 'Wed, 01 Jul 2026 18:00:00 GMT', date: 'Wed, 01 Jul 2026 19:00:00 GMT' }, 0],
  [{ 'retry-after': '999999999' }, 3_600_000],
  // Too many requests, and it is not said for how long.
  [{ 'retry-after': 'soon' }, 60_000],
  [{}, 60_000],
])('the Retry-After of a server is returned, and bounded (%j)', async (headers, retryAfterMs) => {
  const base = await serve((_, response) => void response.writeHead(429, headers).end())
  const { answer } = await ask(base)
  expect(answer.kind === 'unavailable' ? answer.retryAfterMs : answer).toBe(retryAfterMs)
})

test('an endless answer is cut, and an invalid one is unavailable', async () => {
  const endless = await serve((_, response) => {
    const more = (): void => {
      while (response.write(' '.repeat(16_384)));
      response.once('drain', more)
    }
    more()
  })
  expect(await ask(endless)).toMatchObject({
    answer: { kind: 'unavailable', reason: expect.stringContaining('octets') },
  })
  const html = await serve((_, response) => void response.end('<html>RDAP is down</html>'))
  expect(await ask(html)).toMatchObject({ answer: { kind: 'unavailable', reason: 'no RDAP domain' } })
  expect(await ask('http://127.0.0.1:1')).toMatchObject({ answer: { kind: 'unavailable' }, status: null })
})

test('a request to a silent server ends when we end', async () => {
  const stop = new AbortController()
  const silent = await serve(() => stop.abort())
  expect(await ask(silent, stop.signal)).toMatchObject({ answer: { kind: 'unavailable' }, status: null })
})

test('invalid parts of an answer count as absent', () => {
  const { events: _events, entities: _entities, status: _status, ...bare } = domain
  expect(readDomain(JSON.stringify(bare))).toEqual({ name: 'x.test', statuses: [] })
  const odd = {
    ...domain,
    status: 'active',
    events: [{ eventAction: 'registration', eventDate: 'long ago' }],
    entities: [{ roles: ['registrar'], vcardArray: ['vcard', [['fn', {}, 'text', 7]]] }],
  }
  expect(readDomain(JSON.stringify(odd))).toEqual({ name: 'x.test', statuses: [] })
  for (const text of ['', '[]', '{}', 'null', JSON.stringify({ ...domain, objectClassName: 'entity' })]) {
    expect(readDomain(text)).toBeUndefined()
  }
})
