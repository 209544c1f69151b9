import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { infoDomain, prepareCreate } from '../src/commands/domain.ts'
import { connectRegistrar } from '../src/connect.ts'
import { HEADER_OCTETS } from '../src/framing.ts'
import type { RegistrarPool } from '../src/pool/pool.ts'
import { readDomainInfo } from '../src/responses/domain.ts'
import { readMessage } from '../src/responses/response.ts'
import { PLAIN } from '../src/session/dialect.ts'
import { openBare } from './epp/bare.ts'
import { INFO, REFUSAL, TLS } from './epp/fixtures.ts'
import { microseconds, type Pace, pace, quantile, report } from './epp/measure.ts'
import { startBenchRegistry } from './epp/start-registry.ts'

// `npm run bench -- epp`: creates a second over loopback TLS on 1, 8 and 50 sessions, beside a bare TLS loop that sends the
// same octets to the same server, in alternating turns; the cost of reading and writing; the memory of idle sessions.

const SESSIONS = [1, 8, 50]
const TURN_MS = 1_500
const TURNS = 5
const IDLE_SESSIONS = 500
/** Higher than the machine can reach: the bench measures the rate and does not limit it. */
const UNLIMITED_PER_SECOND = 1_000_000

const prepared = prepareCreate({
  name: 'example.com',
  years: 1,
  registrant: 'C-1',
  authInfo: '2fooBAR-secret',
})
/** All of one length, so that every answer has one length too. */
const clTRID = (loop: number, round: number): string =>
  `B-${String(loop).padStart(3, '0')}-${String(round).padStart(9, '0')}`

const registry = await startBenchRegistry()
// Measured first: later the process would have grown for other reasons.
await weighIdle()
for (const sessions of SESSIONS) await compare(sessions)
measureXml()
await registry.stop()

async function open(sessions: number): Promise<RegistrarPool> {
  const pool = await connectRegistrar({
    endpoint: { host: '127.0.0.1', port: registry.port, serverName: TLS.serverName, ca: TLS.ca },
    credentials: { clID: 'bench', password: 'foo-BAR2' },
    limits: { sessionsMax: sessions, commandsPerSecondMax: UNLIMITED_PER_SECOND, idleMsMax: 3_600_000 },
  })
  while (pool.status().ready < sessions) await new Promise((resolve) => setTimeout(resolve, 10))
  return pool
}

async function compare(sessions: number): Promise<void> {
  const turns: { readonly ours: Pace; readonly bare: Pace }[] = []
  for (let turn = 0; turn <= TURNS; turn += 1) {
    const pair = { ours: await ourTurn(sessions), bare: await bareTurn(sessions) }
    // The first pair warms up.
    if (turn > 0) turns.push(pair)
  }
  const median = (read: (turn: (typeof turns)[number]) => number) => quantile(turns.map(read), 0.5)
  report(
    `commands_per_second_${sessions}`,
    median(({ ours }) => ours.perSecond),
    '1/s',
  )
  report(
    `bare_per_second_${sessions}`,
    median(({ bare }) => bare.perSecond),
    '1/s',
  )
  report(
    `ratio_to_bare_${sessions}`,
    median(({ ours, bare }) => ours.perSecond / bare.perSecond),
    '1',
  )
  report(
    `p99_${sessions}`,
    median(({ ours }) => ours.p99Ms),
    'ms',
  )
  report(
    `bare_p99_${sessions}`,
    median(({ bare }) => bare.p99Ms),
    'ms',
  )
}

async function ourTurn(sessions: number): Promise<Pace> {
  const pool = await open(sessions)
  const result = await pace(sessions, TURN_MS, async (loop, round) => {
    using slot = await pool.acquire()
    const answer = await slot.send(prepared, clTRID(loop, round))
    if (answer.kind !== 'answered' || answer.code !== 2302) throw new Error(`a create came to ${answer.kind}`)
  })
  await pool.close()
  return result
}

async function bareTurn(sessions: number): Promise<Pace> {
  const octets = HEADER_OCTETS + REFUSAL.length
  const sockets = await Promise.all(Array.from({ length: sessions }, () => openBare(registry.port, octets)))
  const result = await pace(sessions, TURN_MS, async (loop, round) => {
    await sockets[loop]?.send(prepared.frame(clTRID(loop, round), PLAIN))
  })
  for (const socket of sockets) socket.close()
  return result
}

function measureXml(): void {
  const message = readMessage(INFO)
  if (message.kind !== 'response') throw new Error('the info answer is none')
  const { response } = message
  report(
    'encode_prepared_create',
    microseconds(() => prepared.frame('B-000-000000001', PLAIN)),
    'µs',
  )
  report(
    'encode_info',
    microseconds(() => infoDomain('example.com').frame('B-000-000000001', PLAIN)),
    'µs',
  )
  report(
    'parse_refusal',
    microseconds(() => readMessage(REFUSAL)),
    'µs',
  )
  report(
    'parse_info',
    microseconds(() => readMessage(INFO)),
    'µs',
  )
  report(
    'read_info',
    microseconds(() => readDomainInfo(response)),
    'µs',
  )
}

async function weighIdle(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  const before = process.memoryUsage()
  const pool = await open(IDLE_SESSIONS)
  collect()
  const after = process.memoryUsage()
  report(`rss_of_${IDLE_SESSIONS}_idle_sessions`, (after.rss - before.rss) / 1_048_576, 'MiB')
  report(`heap_of_${IDLE_SESSIONS}_idle_sessions`, (after.heapUsed - before.heapUsed) / 1_048_576, 'MiB')
  await pool.close()
}
