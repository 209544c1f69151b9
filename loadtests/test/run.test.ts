import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from './support.ts'

let server: Server
let url: string
let seen: { method: string; body: string; key: string }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      seen.push({ method: request.method ?? '', body, key: String(request.headers['authorization']) })
      const status = request.url === '/taken' ? 409 : 201
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ id: seen.length, nested: { list: ['first'] } }))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
})

const head = `
  import http from 'k6/http'
  import { check, sleep } from 'k6'
  import exec from 'k6/execution'
  import { Counter, Trend, Rate, Gauge } from 'k6/metrics'
`

test('a script with arrivals, checks, own metrics and a summary of its own runs as it would under k6', async () => {
  seen = []
  const script = `${head}
    const won = new Counter('won')
    const took = new Trend('took', true)
    export const options = {
      scenarios: { claims: { executor: 'constant-arrival-rate', rate: 50, timeUnit: '1s', duration: '400ms', preAllocatedVUs: 20 } },
      thresholds: { checks: ['rate==1'], won: ['count==20'], 'won{who:even}': ['count==10'], took: ['p(95)<60000', 'min>=0'] },
    }
    export function setup() { return { key: __ENV.KEY } }
    export default async function (data) {
      const turn = exec.scenario.iterationInTest
      const response = await http.asyncRequest('POST', '${url}', JSON.stringify({ turn }), { headers: { Authorization: data.key } })
      check(response, { 'is created': (r) => r.status === 201, 'has a list': (r) => r.json('nested.list.0') === 'first' })
      won.add(1, { who: turn % 2 === 0 ? 'even' : 'odd' })
      took.add(response.timings.duration)
      await sleep(0.01)
    }
    export function handleSummary({ metrics }) {
      return { stdout: JSON.stringify({ won: metrics.won.values.count, rate: metrics.checks.values.rate, ok: metrics.won.thresholds['count==20'].ok }) }
    }`
  const ran = await run(script, { KEY: 'Bearer of-the-test' })
  expect(ran.err).toBe('')
  expect(JSON.parse(ran.out)).toEqual({ won: 20, rate: 1, ok: true })
  expect(ran.code).toBe(0)
  expect(seen.map(({ body }) => JSON.parse(body).turn).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, turn) => turn),
  )
  expect(new Set(seen.map(({ key }) => key))).toEqual(new Set(['Bearer of-the-test']))
})

test('a crossed threshold exits with 99 and says which', async () => {
  const ran = await run(`${head}
    export const options = {
      scenarios: { all: { executor: 'shared-iterations', vus: 2, iterations: 6 } },
      thresholds: { checks: ['rate==1'], http_req_failed: ['rate<0.5'] },
    }
    export default async function () {
      const response = await http.asyncRequest('GET', '${url}/taken')
      check(response, { 'is created': (r) => r.status === 201 })
    }`)
  expect(ran.code).toBe(99)
  expect(ran.err).toContain('threshold crossed: checks rate==1')
  expect(ran.err).toContain('threshold crossed: http_req_failed rate<0.5')
})

test('iterations that find no free user are dropped and counted, and the others start on time', async () => {
  const ran = await run(`${head}
    export const options = {
      scenarios: { slow: { executor: 'constant-arrival-rate', rate: 20, duration: '500ms', preAllocatedVUs: 1, maxVUs: 2 } },
      thresholds: { dropped_iterations: ['count==8'], iterations: ['count==2'] },
    }
    export default async function () { await sleep(2) }`)
  expect(ran.err).toBe('')
  expect(ran.code).toBe(0)
})

test('a run that dropped iterations, or whose generator was at its limit, is refused as a result', async () => {
  const strict = { ACCEPT_BUSY_GENERATOR: '0' }
  const dropped = await run(
    `${head}
    export const options = { scenarios: { slow: { executor: 'constant-arrival-rate', rate: 20, duration: '500ms', preAllocatedVUs: 1 } } }
    export default async function () { await sleep(1) }`,
    strict,
  )
  expect(dropped.err).toContain('refused as a result: 9 iterations found no free virtual user')
  expect(dropped.code).toBe(98)
  const busy = await run(
    `${head}
    export const options = { scenarios: { busy: { executor: 'constant-arrival-rate', rate: 50, duration: '1s', preAllocatedVUs: 200 } } }
    export default function () { for (const untilMs = Date.now() + 40; Date.now() < untilMs; ) continue }`,
    strict,
  )
  expect(busy.err).toMatch(/refused as a result: one iteration in a hundred started \d+ ms late/)
  expect(busy.code).toBe(98)
})

test('a stall of the server shows in full: requests go on being due, and are measured from then', async () => {
  // It answers at once, but for one second in three, in which it holds everything: 100 requests. A generator that waits for answers
  // would send one request into the stall; of those that are due, a third meets it, and a tenth waits for 700 ms or longer.
  const held: ServerResponse[] = []
  let firstMs: number | undefined
  let stalledMs: number | undefined
  const stalling = createServer((_, response) => {
    const nowMs = performance.now()
    firstMs ??= nowMs
    if (nowMs - firstMs < 1_000 || held.length === 100) return void response.end('{}')
    stalledMs ??= nowMs
    if (held.push(response) === 100)
      setTimeout(() => held.forEach((each) => each.end('{}')), Math.max(0, stalledMs + 1_000 - nowMs))
  })
  await new Promise<void>((resolve) => {
    stalling.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = stalling.address() as AddressInfo
  const ran = await run(`${head}
    import { arriving, dueAtMs, measureFromDue } from '${join(import.meta.dirname, '..', 'lib', 'arrivals.ts')}'
    export const options = {
      scenarios: { reads: arriving({ exec: 'read', perSecond: 100, seconds: 3, secondsMax: 10 }) },
      thresholds: { iterations: ['count==300'], from_due: ['p(90)>=600'], 'http_req_duration': ['p(90)>=600'] },
    }
    export async function read() {
      await measureFromDue(dueAtMs(100), async () => { await http.asyncRequest('GET', 'http://127.0.0.1:${port}/') })
    }`)
  stalling.close()
  expect(ran.err).toBe('')
  expect(ran.code).toBe(0)
})

test('a threshold that is to end the run does so, and what was begun is finished', async () => {
  const ran = await run(`${head}
    const begun = new Counter('begun')
    export const options = {
      scenarios: { all: { executor: 'constant-arrival-rate', rate: 10, duration: '1h', preAllocatedVUs: 10 } },
      thresholds: { http_req_failed: [{ threshold: 'rate<0.5', abortOnFail: true, delayAbortEval: '1s' }] },
    }
    export default async function () { await http.asyncRequest('GET', '${url}/taken') }
    export function teardown() { console.log('torn down') }`)
  expect(ran.err).toContain('aborted: Error: the threshold http_req_failed rate<0.5 is crossed')
  expect(ran.out).toContain('torn down')
  expect(ran.code).toBe(99)
})

test('a script reads files while it loads, and shares what it made of them; nobody can change it', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'droplock-loadtest-')), 'names.json')
  writeFileSync(file, JSON.stringify([{ name: 'one' }, { name: 'two' }]))
  const ran = await run(`${head}
    import { SharedArray } from 'k6/data'
    const names = new SharedArray('names', () => JSON.parse(open('${file}')))
    export const options = {
      scenarios: { one: { executor: 'shared-iterations' } },
      thresholds: { checks: ['rate==1'] },
    }
    export default function () {
      const fails = (work) => { try { work(); return false } catch { return true } }
      check(names, {
        'are read': (all) => all.length === 2 && all[1].name === 'two',
        'stay as they are': (all) => fails(() => { all[0].name = 'three' }),
        'are opened only while the script loads': () => fails(() => open('${file}')),
      })
    }`)
  expect(ran.err).toBe('')
  expect(ran.code).toBe(0)
})

test('a server that is not there is status 0 and an error, not an exception', async () => {
  const ran = await run(`${head}
    export const options = { scenarios: { one: { executor: 'shared-iterations' } }, thresholds: { checks: ['rate==1'] } }
    export default async function () {
      const response = await http.asyncRequest('GET', 'http://127.0.0.1:1/')
      check(response, { 'no answer': (r) => r.status === 0 && r.error !== '' })
    }`)
  expect(ran.code).toBe(0)
})

test('a request that met a connection that was just being closed is sent again, if it may be', async () => {
  // Each connection answers one request and is closed at the next, as an idle one may be.
  const closing = createServer((request, response) => {
    if (used.has(request.socket)) return request.socket.destroy()
    used.add(request.socket)
    return response.end('{}')
  })
  const used = new WeakSet<object>()
  await new Promise<void>((resolve) => {
    closing.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = closing.address() as AddressInfo
  const ran = await run(`${head}
    export const options = {
      scenarios: { all: { executor: 'shared-iterations', iterations: 4 } },
      thresholds: { checks: ['rate==1'], http_reqs: ['count==12'] },
    }
    export default async function () {
      const send = (method, headers) => http.asyncRequest(method, 'http://127.0.0.1:${port}/', null, { headers })
      check([await send('GET', {}), await send('POST', { 'Idempotency-Key': 'one' }), await send('POST', {})], {
        'what may be repeated is': ([read, keyed]) => read.status === 200 && keyed.status === 200,
        'what may not is not': ([, , plain]) => plain.status === 0 && plain.error.includes('hang up'),
      })
    }`)
  closing.close()
  expect(ran.err).toBe('')
  expect(ran.code).toBe(0)
})

test('a request that takes too long is given up', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => {
    silent.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = silent.address() as AddressInfo
  const ran = await run(`${head}
    export const options = { scenarios: { one: { executor: 'shared-iterations' } }, thresholds: { checks: ['rate==1'] } }
    export default async function () {
      const response = await http.asyncRequest('GET', 'http://127.0.0.1:${port}/', null, { timeout: '100ms' })
      check(response, { 'is given up': (r) => r.status === 0 && r.error.includes('timed out') })
    }`)
  silent.closeAllConnections()
  silent.close()
  expect(ran.err).toBe('')
  expect(ran.code).toBe(0)
})

test('where every iteration throws, the threshold of their latency does not hold', async () => {
  const ran = await run(`${head}
    import { answeredWithin, dueAtMs, measureFromDue } from '${join(import.meta.dirname, '..', 'lib', 'arrivals.ts')}'
    export const options = { scenarios: { all: { executor: 'shared-iterations' } }, thresholds: answeredWithin(1_000) }
    export default () => measureFromDue(dueAtMs(1), () => Promise.reject(new Error('out of luck')))`)
  expect(ran.err).toContain('threshold crossed: due_measured count>0')
  expect(ran.code).toBe(99)
})

test('an iteration that throws is reported, and the run goes on', async () => {
  const ran = await run(`${head}
    export const options = { scenarios: { all: { executor: 'shared-iterations', iterations: 3 } }, thresholds: { iterations: ['count==3'] } }
    export default function () { if (exec.scenario.iterationInTest === 0) throw new Error('out of luck') }`)
  expect(ran.err).toContain('iteration failed: Error: out of luck')
  expect(ran.code).toBe(0)
})

test.each([
  [
    'a module that k6 has and the stand-in has not',
    `import ws from 'k6/ws'; export const options = {}`,
    'k6/ws is not among',
  ],
  [
    'an executor it has not',
    `${head} export const options = { scenarios: { a: { executor: 'ramping-vus' } } }; export default () => {}`,
    'has no executor ramping-vus',
  ],
  [
    'a threshold on no metric',
    `${head} export const options = { scenarios: { a: { executor: 'shared-iterations' } }, thresholds: { wins: ['count>0'] } }; export default () => {}`,
    'wins, which is no metric',
  ],
  [
    'a threshold that asks a counter for a percentile',
    `${head} export const options = { scenarios: { a: { executor: 'shared-iterations' } }, thresholds: { iterations: ['p(95)<1'] } }; export default () => {}`,
    'is no threshold for iterations',
  ],
  ['no scenario', `${head} export const options = {}; export default () => {}`, 'has no options.scenarios'],
  [
    'a request that blocks',
    `${head} export const options = { scenarios: { a: { executor: 'shared-iterations' } } }; http.get('${'http://127.0.0.1:1'}'); export default () => {}`,
    'http.asyncRequest',
  ],
])('%s is refused with its reason', async (_, script, complaint) => {
  const ran = await run(script)
  expect(ran.err).toContain(complaint)
  expect(ran.code).toBe(107)
})
