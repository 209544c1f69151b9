import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { durationMs, inTurns, quantile, rateOf, reporter } from '@droplock/core/bench/support/measure'
import { liftLimits, stockKeys, stockNames, stockRegistry } from '@droplock/core/bench/support/stock'
import { ofEachApp } from '@droplock/core/database/app-roles'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { createRoles, nameOfRole, urlAs } from '@droplock/core/database/roles'
import { proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { Pool } from 'undici'
import type { Measured } from './gateway/measure-statements.ts'
import { placeOrder } from './gateway/place-order.ts'
import { underPressure } from './gateway/pressure.ts'
import { type StartedServer, startServer } from './gateway/start-server.ts'

// `npm run bench -- gateway`: the gateway as it is shipped beside a bare Hono and pg server that writes the same rows under the
// same constraints (claims), and makes the same query (reads), turn by turn; 200 rivals on one name; and where the time of a
// claim goes; how long a valid key waits beside a flood and beside one tenant's searches; and the same comparison with two processes.
// Arguments: the database's URL. The load comes from this process, which takes its share of the machine.

const CONNECTIONS = 32
/** The gateway's default. */
const DATABASE_CONNECTIONS = 20
/** As the installation guide advises: at most half as many as the database has cores. */
const READ_CONNECTIONS = Math.max(1, Math.floor(availableParallelism() / 2))
const TURNS = 5
/** A turn takes some seconds. */
const CLAIMS_PER_TURN = 2_000
const READS_PER_TURN = 6_000
const HEALTH_CHECKS_PER_TURN = 15_000
/** As many accounts: a balance is a row that its account's claims queue for until they commit. */
const RIVALS = 200
const NAMES_WANTED = 15
const NAMES_READ = 500
/** One after the other: nothing is waited for but the work itself. */
const CLAIMS_ALONE = 500
/** Of the statements of a claim, those that take the longest. */
const STATEMENTS_SHOWN = 10

const report = reporter('gateway')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: 8, applicationName: 'bench-gateway' })
const ctx = { db, newId }
await stockRegistry(ctx)
const keys = await stockKeys(ctx, RIVALS)
const passwords = ofEachApp(() => newId())
await createRoles(url, { prefix: 'bench', passwords, renewPasswords: true })
/** Both servers have the login of the gateway, and what the server does for it. */
const environment = {
  DATABASE_URL: urlAs(url, nameOfRole('bench', 'gateway'), passwords.gateway),
  DATABASE_CONNECTIONS_MAX: String(DATABASE_CONNECTIONS),
  DATABASE_READ_CONNECTIONS_MAX: String(READ_CONNECTIONS),
  NODE_ENV: 'production',
}
const gateway = await startServer('../../src/main.ts', environment)
const bare = await startServer('./bare-server.ts', environment)
let claims = 0
await compare([gateway], [bare])
await contend(gateway)
// The load of the next two is that of one account; what is measured is not its quota.
await liftLimits(ctx)
await underPressure({
  url: gateway.url,
  key: keys[0] ?? '',
  searchersKey: keys[1] ?? '',
  names: await stockNames(ctx, NAMES_READ),
  report,
})
const seconds = [
  await startServer('../../src/main.ts', environment),
  await startServer('./bare-server.ts', environment),
] as const
await compare([gateway, seconds[0]], [bare, seconds[1]], 'two_processes_')
for (const server of [gateway, bare, ...seconds]) await server.stop()
await explain()
await mustBeSound()
await db.destroy()

type Call = (pool: Pool, index: number) => Promise<number>

function check(pools: readonly Pool[]) {
  return () => rate(pools, HEALTH_CHECKS_PER_TURN, 200, (to, index) => get(to, '/healthz', index))
}

/** Ours beside as many bare ones. */
async function compare(
  us: readonly StartedServer[],
  them: readonly StartedServer[],
  prefix = '',
): Promise<void> {
  const [ours, theirs] = [us, them].map((servers) =>
    servers.map((server) => poolTo(server, CONNECTIONS / servers.length)),
  ) as [Pool[], Pool[]]
  const claim = (pools: readonly Pool[]) => async () => {
    const names = await stockNames(ctx, CLAIMS_PER_TURN)
    claims += names.length
    return rate(pools, CLAIMS_PER_TURN, 201, (to, index) => order(to, names[index], index))
  }
  const names = await stockNames(ctx, CLAIMS_PER_TURN)
  const read = (pools: readonly Pool[]) => () =>
    rate(pools, READS_PER_TURN, 200, (to, index) =>
      get(to, `/v1/listings/${names[index % names.length]}`, index),
    )
  for (const [name, measure, aim] of [
    ['claims', claim, { min: 0.75 }],
    ['reads', read, { min: 0.7 }],
    ['health_checks', check, undefined],
  ] as const) {
    const rates = await inTurns(TURNS, measure(ours), measure(theirs))
    report(`${prefix}${name}_per_second`, rates.ours, '1/s')
    report(`${prefix}bare_${name}_per_second`, rates.bare, '1/s')
    report(`${prefix}${name}_ratio_to_bare`, rates.ratio, '1', aim)
  }
  await Promise.all([...ours, ...theirs].map((pool) => pool.close()))
}

function rate(pools: readonly Pool[], count: number, expected: number, call: Call): Promise<number> {
  const calls = Array.from({ length: count }, (_, index) => index)
  return rateOf(calls, CONNECTIONS, async (index) => {
    const pool = pools[index % pools.length]
    const status = pool && (await call(pool, index))
    if (status !== expected) throw new Error(`an answer was ${status}, not ${expected}`)
  })
}

/** Each rival has a connection and an account of its own. One gets the name, the others an answer that says so. */
async function contend(server: StartedServer): Promise<void> {
  const pool = poolTo(server, RIVALS)
  const warm = Array.from({ length: RIVALS }, (_, index) => get(pool, '/healthz', index))
  await Promise.all(warm)
  const waits: number[] = []
  for (const name of await stockNames(ctx, NAMES_WANTED)) {
    const statuses: number[] = []
    const rivals = keys.map((_, index) =>
      durationMs(async () => statuses.push(await order(pool, name, index))),
    )
    waits.push(...(await Promise.all(rivals)))
    const taken = statuses.filter((status) => status === 201).length
    const refused = statuses.filter((status) => status === 409).length
    if (taken !== 1 || refused !== RIVALS - 1) throw new Error(`${name}: ${statuses.toSorted().join(' ')}`)
    claims += 1
  }
  report(`${RIVALS}_rivals_p50`, quantile(waits, 0.5), 'ms')
  report(`${RIVALS}_rivals_p99`, quantile(waits, 0.99), 'ms', { max: 90 })
  await pool.close()
}

/** Where the time of a claim goes when nothing else is done: to its statements, to the process, to the way there and back. */
async function explain(): Promise<void> {
  const file = join(tmpdir(), `droplock-bench-${process.pid}.json`)
  const probe = new URL('./gateway/measure-statements.ts', import.meta.url).href
  const measured = await startServer('../../src/main.ts', { ...environment, BENCH_STATEMENTS: file }, [
    '--import',
    probe,
  ])
  const pool = poolTo(measured, 1)
  const names = await stockNames(ctx, 2 * CLAIMS_ALONE)
  claims += names.length
  const waits: number[] = []
  for (const [index, name] of names.entries()) {
    if (index === CLAIMS_ALONE) measured.signal('SIGUSR2')
    const waitMs = await durationMs(() => order(pool, name, index))
    if (index >= CLAIMS_ALONE) waits.push(waitMs)
  }
  await pool.close()
  await measured.stop()
  const { statements, cpuMs } = JSON.parse(readFileSync(file, 'utf8')) as Measured
  rmSync(file)
  const total = waits.reduce((sum, ms) => sum + ms, 0) / CLAIMS_ALONE
  const inDatabase = statements.reduce((sum, { ms }) => sum + ms, 0) / CLAIMS_ALONE
  report('claim_alone', total, 'ms')
  report('claim_alone_in_database', inDatabase, 'ms')
  report('claim_alone_elsewhere', total - inDatabase, 'ms')
  report('claim_alone_processor_of_gateway', cpuMs / CLAIMS_ALONE, 'ms')
  for (const { text, count, ms } of statements
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, STATEMENTS_SHOWN))
    report(`  ${text.replace(/\s+/g, ' ').slice(0, 90)}`, ms / count, `ms × ${count / CLAIMS_ALONE}`)
}

function poolTo({ url: to }: StartedServer, connections = CONNECTIONS): Pool {
  return new Pool(to, { connections, pipelining: 1 })
}

function order(pool: Pool, name: string | undefined, index: number): Promise<number> {
  return placeOrder(pool, keys[index % keys.length], name)
}

async function get(pool: Pool, path: string, index: number): Promise<number> {
  const headers = { authorization: `Bearer ${keys[index % keys.length]}` }
  const { statusCode, body } = await pool.request({ method: 'GET', path, headers })
  await body.text()
  return statusCode
}

/** Figures of claims that were not made would be worth nothing. */
async function mustBeSound(): Promise<void> {
  const { count } = await db
    .selectFrom('backorder')
    .where('state', '=', 'backordered')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  const { escrowDifferenceMinor, balanceMismatches } = await proveLedger(db)
  if (Number(count) !== claims || escrowDifferenceMinor['USD'] !== 0n || balanceMismatches !== 0)
    throw new Error('the claims and the ledger do not agree')
}
