import { randomBytes } from 'node:crypto'
import { holdsWithin } from '../../../src/processes/wait-until.ts'
import {
  addressOf,
  count,
  hangUp,
  type Line,
  openAfter,
  openLine,
  type Statuses,
  statusesIn,
} from './attackers.ts'
import type { Attack } from './target.ts'

// Requests that two servers in a row could read differently (RFC 9112 §11.2), and requests that are none. Behind each stands another
// request, for something that is nowhere: a server that answers it has taken a part of the first one for a request.

const SMUGGLED = '/smuggled-by-another'
const smuggled = `GET ${SMUGGLED} HTTP/1.1\r\nHost: test\r\n\r\n`

const MIB = 1_048_576

type Shape = {
  readonly name: string
  readonly octets: string | Uint8Array
  /** Answers that are right; without any the request is refused with 400 or the connection is closed. */
  readonly fits?: readonly string[]
}

const refused = ['400', '408', '413', '414', '417', '426', '431', 'closed']
const post = (path: string, headers: string, body = '') =>
  `POST ${path} HTTP/1.1\r\nHost: test\r\n${headers}\r\n${body}`
const get = (path: string, headers: string) => `GET ${path} HTTP/1.1\r\nHost: test\r\n${headers}\r\n`

function shapesAt(path: string): readonly Shape[] {
  return [...ambiguous(path), ...malformed(path), ...unusual(path)]
}

/** How long its body is can be read in two ways. */
function ambiguous(path: string): readonly Shape[] {
  const chunked = (header: string) => post(path, `${header}\r\nContent-Length: 4\r\n`, `0\r\n\r\n${smuggled}`)
  return [
    { name: 'length and chunks', octets: chunked('Transfer-Encoding: chunked') },
    { name: 'chunks, with a space before the colon', octets: chunked('Transfer-Encoding : chunked') },
    { name: 'chunks by another name', octets: chunked('Transfer-Encoding: xchunked') },
    { name: 'chunks, and then identity', octets: chunked('Transfer-Encoding: chunked, identity') },
    { name: 'chunks twice', octets: chunked('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity') },
    { name: 'chunks, behind a vertical tab', octets: chunked('Transfer-Encoding: \vchunked') },
    { name: 'chunks, folded', octets: chunked('Transfer-Encoding:\r\n chunked') },
    { name: 'two lengths', octets: post(path, 'Content-Length: 0\r\nContent-Length: 60\r\n', smuggled) },
    { name: 'a list of lengths', octets: post(path, 'Content-Length: 0, 60\r\n', smuggled) },
    { name: 'a length with a sign', octets: post(path, 'Content-Length: +60\r\n', smuggled) },
    { name: 'a length below zero', octets: post(path, 'Content-Length: -1\r\n', smuggled) },
    { name: 'a length in hexadecimal', octets: post(path, 'Content-Length: 0x3c\r\n', smuggled) },
    {
      name: 'a length that overflows',
      octets: post(path, 'Content-Length: 18446744073709551617\r\n', smuggled),
    },
    {
      name: 'a chunk that overflows',
      octets: post(path, 'Transfer-Encoding: chunked\r\n', `FFFFFFFFFFFFFFFFF\r\n${smuggled}`),
    },
    {
      name: 'a chunk with bare line feeds',
      octets: post(path, 'Transfer-Encoding: chunked\r\n', `1\n{\n0\n\n${smuggled}`),
    },
    {
      name: 'an extension of a chunk of 1 MiB',
      octets: post(path, 'Transfer-Encoding: chunked\r\n', `1;${'x'.repeat(MIB)}\r\n`),
    },
  ]
}

/** What is no request. */
function malformed(path: string): readonly Shape[] {
  return [
    { name: 'bare line feeds', octets: `GET ${path} HTTP/1.1\nHost: test\n\n${smuggled}` },
    { name: 'bare carriage returns', octets: `GET ${path} HTTP/1.1\rHost: test\r\r${smuggled}` },
    { name: 'a header of 1 MiB', octets: get(path, `X: ${'x'.repeat(MIB)}\r\n`) },
    {
      name: '10,000 headers',
      octets: get(path, Array.from({ length: 10_000 }, (_, n) => `X-${n}: ${n}\r\n`).join('')),
    },
    { name: 'a path of 100 kB', octets: get(`/${'x'.repeat(100_000)}`, '') },
    { name: 'NUL in a header', octets: get(path, 'X: a\0b\r\n') },
    { name: 'NUL in the path', octets: get(`${path}\0`, '') },
    { name: 'a space in the path', octets: get(`${path} x`, '') },
    { name: 'a header without a name', octets: get(path, ': x\r\n') },
    { name: 'no host', octets: `GET ${path} HTTP/1.1\r\n\r\n` },
    { name: 'HTTP/0.9', octets: `GET ${path}\r\n\r\n` },
    { name: 'HTTP/9.9', octets: `GET ${path} HTTP/9.9\r\nHost: test\r\n\r\n` },
    { name: 'a method that is none', octets: `get ${path} HTTP/1.1\r\nHost: test\r\n\r\n` },
    { name: 'the beginning of HTTP/2', octets: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
    { name: 'the beginning of TLS', octets: Buffer.from('16030100a5010000a10303', 'hex') },
    { name: 'random octets', octets: randomBytes(4_096) },
    {
      name: 'an expectation that is none',
      octets: post(path, 'Expect: a-miracle\r\nContent-Length: 2\r\n', '{}'),
    },
  ]
}

/** Requests that nobody sends, and that get one answer. */
function unusual(path: string): readonly Shape[] {
  return [
    { name: 'two hosts', octets: get(path, 'Host: other\r\n'), fits: ['401', '404', '405', '429', '200'] },
    {
      name: 'another host in the path',
      octets: get('http://other.test/', ''),
      fits: ['200', '302', '401', '404', '405', '429'],
    },
    {
      name: 'a way out of the root',
      octets: get('/../../etc/passwd', ''),
      fits: ['401', '404', '429', '302', '200'],
    },
    {
      name: 'CONNECT',
      octets: 'CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: test\r\n\r\n',
      fits: ['401', '404', '405', '429'],
    },
    {
      name: 'an upgrade',
      octets: get(path, 'Connection: Upgrade\r\nUpgrade: h2c\r\n'),
      fits: ['401', '404', '405', '429', '200'],
    },
  ]
}

/** How long a server may take to say no. Milliseconds. */
const ANSWER_MS_MAX = 4_000

/** How long a second answer may take to come after the first. Milliseconds. */
const SECOND_MS = 500

/** A connection that what fits may leave open is not waited for any longer. */
const isAnswered = (line: Line, fits: readonly string[]) =>
  fits.length > 0 && statusesIn(line.text()).length > 0

/** Sends each shape on a connection of its own. */
export function requestShapes(path: string): Attack {
  return {
    name: 'request smuggling, and what is no request',
    run: async ({ server }) => {
      const statuses: Statuses = new Map()
      const violations: string[] = []
      const shapes = shapesAt(path)
      for (const [index, { name, octets, fits = [] }] of shapes.entries()) {
        const line = openLine(server.url, addressOf(4_000 + index))
        line.socket.write(octets)
        await holdsWithin(
          { everyMs: 20, msMax: ANSWER_MS_MAX },
          () => !line.isOpen() || isAnswered(line, fits),
        )
        if (fits.length > 0) await openAfter([line], SECOND_MS)
        const answers = statusesIn(line.text())
        const [first = line.isOpen() ? 'silence' : 'closed', ...more] = answers
        count(statuses, first)
        if (more.length > 0 || line.text().includes(SMUGGLED))
          violations.push(`${name}: answered ${answers.length} times`)
        if (![...refused, ...fits].includes(first)) violations.push(`${name}: answered with ${first}`)
        hangUp([line])
      }
      return { statuses, violations }
    },
  }
}
