import { createHash, randomUUID } from 'node:crypto'
import { issueApiKey } from '@droplock/core/api-keys'
import { inTurns, rateOf, reporter } from '@droplock/core/bench/support/measure'
import { stockAccounts, stockNames, stockRegistry } from '@droplock/core/bench/support/stock'
import { asService, type Context } from '@droplock/core/context'
import { ofEachApp } from '@droplock/core/database/app-roles'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { createRoles, nameOfRole, urlAs } from '@droplock/core/database/roles'
import { newId } from '@droplock/core/new-id'
import { databaseOn, onServer } from '@droplock/core/testing/server'
import { scopes } from '@droplock/rules/accounts'
import { Pool } from 'undici'
import { processorMs } from './gateway/processor-time.ts'
import { type StartedServer, startServer } from './gateway/start-server.ts'

// `npm run bench -- row-security`: what it costs that the gateway's login reaches the rows of the account that acts and no others (ADR 55).
// Two gateways on two databases of the same server, turn by turn: one as it is shipped; in the other no table has its policies, and no
// statement says for whom it acts. Beside the rates, how long processors work for the gateway and its connections: their ratio is the
// steadier one. Arguments: the database's URL.

const CONNECTIONS = 16
const TURNS = 5
const ACCOUNTS = 40
/** Of each account: more than a page of its list. */
const ORDERS = 60
const CLAIMS_PER_TURN = 400
const READS_PER_TURN = 1_000
const LISTS_PER_TURN = 300

const withoutPolicies = `do $$ declare kept text; begin
  for kept in select relname from pg_class where relrowsecurity loop
    execute format('alter table %I disable row level security', kept);
  end loop;
end $$`

const report = reporter('row-security')
const url = process.argv[2] ?? ''
const passwords = ofEachApp(() => newId())
const withPolicies = await open(url, [])
const without = await open(await anotherDatabase('without_policies'), [
  '--import',
  new URL('./gateway/without-account.ts', import.meta.url).href,
])

const measured = [
  ['order', CLAIMS_PER_TURN, orders],
  ['read_order', READS_PER_TURN, readOrder],
  ['read_listing', READS_PER_TURN, readListing],
  ['list_orders', LISTS_PER_TURN, list('/v1/backorders?limit=50')],
  ['list_events', LISTS_PER_TURN, list('/v1/events?limit=50')],
  ['list_transactions', LISTS_PER_TURN, list('/v1/transactions?limit=50')],
  ['search', LISTS_PER_TURN, list('/v1/listings?limit=20&q=n12')],
] as const
for (const [name, count, work] of measured) {
  const used = { ours: 0, bare: 0 }
  const metered = async (stocked: Stocked, side: keyof typeof used) => {
    const run = await work(stocked, count)
    let isWarm = false
    return async () => {
      const before = await processorOf(stocked)
      const rate = await run()
      if (isWarm) used[side] += (await processorOf(stocked)) - before
      isWarm = true
      return rate
    }
  }
  const rates = await inTurns(TURNS, await metered(withPolicies, 'ours'), await metered(without, 'bare'))
  report(`${name}_per_second`, rates.ours, '1/s')
  report(`${name}_per_second_without`, rates.bare, '1/s')
  report(`${name}_ratio`, rates.ratio, '1', { min: 0.9 })
  report(`${name}_processor_ratio`, used.ours / used.bare, '1', { max: 1.1 })
}
for (const { server, ctx, pool } of [withPolicies, without]) {
  await pool.close()
  await server.stop()
  await ctx.db.destroy()
}

type Stocked = {
  readonly at: string
  readonly ctx: Context
  readonly server: StartedServer
  readonly pool: Pool
  readonly keys: readonly string[]
  readonly placed: string[][]
}

/** What the gateway and its connections have used until now. Milliseconds. */
async function processorOf({ at, server }: Stocked): Promise<number> {
  const { rows } = await onServer(at, (client) =>
    client.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and application_name ^@ 'droplock-gateway'",
    ),
  )
  return processorMs([server.pid, ...rows.map(({ pid }) => pid)])
}

async function anotherDatabase(name: string): Promise<string> {
  await onServer(url, (client) => client.query(`create database ${name}`))
  return databaseOn(url, name)
}

async function open(at: string, args: readonly string[]): Promise<Stocked> {
  await migrate(at)
  if (args.length > 0) await onServer(at, (client) => client.query(withoutPolicies))
  const ctx: Context = {
    db: openDatabase({ url: at, connectionsMax: 8, applicationName: 'bench-row-security' }),
    newId,
  }
  await stockRegistry(ctx)
  await createRoles(at, { prefix: 'bench', passwords, renewPasswords: true })
  const keys = await stockKeys(ctx)
  const server = await startServer(
    '../../src/main.ts',
    { DATABASE_URL: urlAs(at, nameOfRole('bench', 'gateway'), passwords.gateway), NODE_ENV: 'production' },
    args,
  )
  const stocked: Stocked = {
    at,
    ctx,
    server,
    pool: new Pool(server.url, { connections: CONNECTIONS, pipelining: 1 }),
    keys,
    placed: keys.map(() => []),
  }
  const names = await stockNames(ctx, ACCOUNTS * ORDERS)
  await rateOf(names, CONNECTIONS, (name, index) => place(stocked, name, index))
  await onServer(at, (client) => client.query('analyze'))
  return stocked
}

async function stockKeys(ctx: Context): Promise<readonly string[]> {
  const keys: string[] = []
  for (const { actor } of await stockAccounts(ctx, ACCOUNTS)) {
    const key = `dlk_test_bench-${newId()}`
    const keySha256 = createHash('sha256').update(key).digest()
    await issueApiKey(asService(ctx), { accountId: actor.accountId, label: 'bench', scopes, keySha256 })
    keys.push(key)
  }
  await ctx.db
    .updateTable('account')
    .set({ reads_per_minute_max: 10_000_000, claims_per_minute_max: 10_000_000 })
    .execute()
  return keys
}

async function ask(
  { pool, keys }: Stocked,
  index: number,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
) {
  const answer = await pool.request({
    method,
    path,
    headers: {
      authorization: `Bearer ${keys[index % keys.length]}`,
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.body.text()
  if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${text}`)
  return answer
}

async function place(stocked: Stocked, name: string, index: number): Promise<void> {
  const { headers } = await ask(stocked, index, 'POST', '/v1/backorders', { name, payment: 'balance' })
  stocked.placed[index % stocked.keys.length]?.push(String(headers['location']))
}

async function orders(stocked: Stocked, count: number) {
  return async () => {
    const names = await stockNames(stocked.ctx, count)
    return rateOf(names, CONNECTIONS, (name, index) => place(stocked, name, index))
  }
}

async function readOrder(stocked: Stocked, count: number) {
  const calls = Array.from({ length: count }, (_, index) => index)
  return () =>
    rateOf(calls, CONNECTIONS, (index) => {
      const own = stocked.placed[index % stocked.keys.length] ?? []
      return ask(stocked, index, 'GET', own[index % own.length] ?? '')
    })
}

async function readListing(stocked: Stocked, count: number) {
  const names = await stockNames(stocked.ctx, count)
  return () => rateOf(names, CONNECTIONS, (name, index) => ask(stocked, index, 'GET', `/v1/listings/${name}`))
}

function list(path: string) {
  return async (stocked: Stocked, count: number) => {
    const calls = Array.from({ length: count }, (_, index) => index)
    return () => rateOf(calls, CONNECTIONS, (index) => ask(stocked, index, 'GET', path))
  }
}
