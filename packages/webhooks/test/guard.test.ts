import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fetch } from 'undici'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { badPorts, openGuard, type Resolve, resolveByDns } from '../src/guard.ts'
import { openPost } from '../src/post.ts'
import { type DnsServer, startDnsServer } from './support/dns-server.ts'

const resolveTo =
  (...addresses: readonly string[]): Resolve =>
  async () =>
    addresses
const strict = openGuard({ allowsLoopback: false, resolve: resolveTo('1.1.1.1') })
const development = openGuard({ allowsLoopback: true, resolve: resolveTo('1.1.1.1') })

/** A server on loopback that nothing may reach. */
let server: Server
let port: number
const requests: string[] = []
let dns: DnsServer | undefined

beforeEach(async () => {
  requests.length = 0
  server = createServer((request, response) => {
    requests.push(`${request.headers.host}${request.url}`)
    if (request.url === '/redirect') response.writeHead(307, { location: `http://127.0.0.1:${port}/secret` })
    response.end('thanks')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  server.close().closeAllConnections()
  await dns?.close()
  dns = undefined
})

async function post(guard: Parameters<typeof openPost>[0], url: string) {
  const { post: send, close } = openPost(guard)
  try {
    return await send({ url, headers: {}, body: '{}', signal: AbortSignal.timeout(10_000) })
  } finally {
    await close()
  }
}

const forbiddenUrls = [
  ['http://example.com/', 'scheme'],
  ['ftp://example.com/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['gopher://127.0.0.1/', 'scheme'],
  ['https://user@example.com/', 'credentials'],
  ['https://user:secret@example.com/', 'credentials'],
  ['https://example.com:22/', 'port'],
  ['https://example.com:25/', 'port'],
  ['https://example.com:6667/', 'port'],
  ['https://localhost/', 'address'],
  ['https://a.localhost/', 'address'],
  ['https://localhost./', 'address'],
  ['https://127.0.0.1/', 'address'],
  ['https://127.1/', 'address'],
  ['https://2130706433/', 'address'],
  ['https://0x7f000001/', 'address'],
  ['https://0177.0.0.1/', 'address'],
  ['https://0x7f.1/', 'address'],
  ['https://１２７.０.０.１/', 'address'],
  ['https://127。0。0。1/', 'address'],
  ['https://10.1/', 'address'],
  ['https://169.254.169.254/latest/meta-data/', 'address'],
  ['https://0xa9fea9fe/', 'address'],
  ['https://2852039166/', 'address'],
  ['https://0/', 'address'],
  ['https://[::1]/', 'address'],
  ['https://[::]/', 'address'],
  ['https://[::ffff:127.0.0.1]/', 'address'],
  ['https://[::ffff:7f00:1]/', 'address'],
  ['https://[0:0:0:0:0:ffff:a9fe:a9fe]/', 'address'],
  ['https://[::127.0.0.1]/', 'address'],
  ['https://[64:ff9b::7f00:1]/', 'address'],
  ['https://[64:ff9b:1::1]/', 'address'],
  ['https://[2002:7f00:1::]/', 'address'],
  ['https://[2001:0:7f00:1::]/', 'address'],
  ['https://[fd00:ec2::254]/', 'address'],
  ['https://[fe80::1]/', 'address'],
  ['https://[fe80::1%25eth0]/', 'unresolvable'],
  ['https://', 'unresolvable'],
  ['not a url', 'unresolvable'],
] as const

test.each(forbiddenUrls)('%s is refused (%s) when it is set and when it is sent to', async (url, reason) => {
  expect(await strict.judgeResolved(url)).toBe(reason)
  await expect(post(strict, url)).rejects.toMatchObject({ name: 'ForbiddenUrl', reason })
})

const forbiddenAnswers: readonly (readonly string[])[] = [
  ['10.0.0.1'],
  ['127.0.0.1'],
  ['169.254.169.254'],
  ['::ffff:127.0.0.1'],
  ['fd00:ec2::254'],
  // One is enough: which one is connected to would be chance.
  ['1.1.1.1', '127.0.0.1'],
  ['2606:4700::1111', '::1'],
]

test.each(forbiddenAnswers)(
  'a name that resolves to %s %s is refused, and nothing is connected to',
  async (...answer) => {
    const guard = openGuard({ allowsLoopback: false, resolve: resolveTo(...answer) })
    const url = `https://rebound.example:${port}/`
    expect(await guard.judgeResolved(url)).toBe('address')
    await expect(post(guard, url)).rejects.toMatchObject({ reason: 'address' })
    expect(requests).toEqual([])
  },
)

test('a name that does not resolve is refused', async () => {
  const nowhere = openGuard({ allowsLoopback: false, resolve: resolveTo() })
  expect(await nowhere.judgeResolved('https://nowhere.example/')).toBe('unresolvable')
  const failing = openGuard({ allowsLoopback: false, resolve: () => Promise.reject(new Error('SERVFAIL')) })
  expect(await failing.judgeResolved('https://failing.example/')).toBe('unresolvable')
})

test('a public name, a public address and any port that fetch connects to are allowed', async () => {
  const allowed = [
    'https://example.com/',
    'https://example.com:8443/x?y=z',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
  ]
  for (const url of allowed) expect([url, await strict.judgeResolved(url)]).toEqual([url, undefined])
})

test('a redirect is an answer and is not followed', async () => {
  expect(await post(development, `http://127.0.0.1:${port}/redirect`)).toMatchObject({ status: 307 })
  expect(requests).toEqual([`127.0.0.1:${port}/redirect`])
})

test('for development loopback is allowed, also by http, and no other private address', async () => {
  for (const host of ['127.0.0.1', 'localhost', '2130706433']) {
    expect(await post(development, `http://${host}:${port}/`)).toEqual({ status: 200, beginning: 'thanks' })
  }
  expect(requests).toHaveLength(3)
  expect(development.judge('http://example.com/')).toBe('scheme')
  expect(development.judge('http://10.0.0.1/')).toBe('scheme')
  expect(development.judge('https://10.0.0.1/')).toBe('address')
  expect(development.judge('https://169.254.169.254/')).toBe('address')
  expect(development.judge('https://[::ffff:127.0.0.1]/')).toBe('address')
})

test('a name that resolves to a public address when it is set and to loopback when it is sent to is refused then (DNS rebinding)', async () => {
  let answers = 0
  dns = await startDnsServer(() => {
    answers += 1
    return answers === 1 ? ['1.1.1.1'] : ['127.0.0.1']
  })
  const guard = openGuard({ allowsLoopback: false, resolve: resolveByDns([dns.address]) })
  const url = `https://rebinding.example:${port}/`
  expect(await guard.judgeResolved(url)).toBeUndefined()
  await expect(post(guard, url)).rejects.toMatchObject({ reason: 'address' })
  expect(dns.asked.filter((each) => each === 'rebinding.example A')).toHaveLength(2)
  expect(requests).toEqual([])
})

test('a connection is made to the address that was checked: the name is resolved once for it', async () => {
  // The first answer is the one that may be connected to; any further one would lead elsewhere.
  let answers = 0
  dns = await startDnsServer(() => {
    answers += 1
    return answers === 1 ? ['127.0.0.1'] : ['10.0.0.1']
  })
  const byName = openGuard({ allowsLoopback: true, resolve: resolveByDns([dns.address]) })
  // Names other than localhost are sent to by https alone: the server that speaks none sees a connection to it all the same.
  const connected = once(server, 'connection')
  await expect(post(byName, `https://once.example:${port}/`)).rejects.toThrow()
  await connected
  expect(dns.asked.filter((each) => each === 'once.example A')).toHaveLength(1)
})

test('fetch refuses to connect to each of these ports, so that no other protocol is spoken to', async () => {
  for (const each of [...badPorts].filter((number) => number > 0)) {
    const failed = await fetch(`http://127.0.0.1:${each}/`).catch((error: Error) => error)
    expect([each, failed]).toMatchObject([each, { cause: { message: 'bad port' } }])
  }
})
