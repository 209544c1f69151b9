import { createHash, randomUUID } from 'node:crypto'
import { issueApiKey } from '@droplock/core/api-keys'
import { quantile, rateOf, reporter } from '@droplock/core/bench/support/measure'
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
import { type StartedServer, startServer } from './gateway/start-server.ts'

// `npm run bench -- row-security`: what it costs that the gateway's login reaches the rows of the account that acts and no others (ADR 55).
// Two gateways on two databases of the same server: one as it is shipped; in the other no table has its policies, and no statement says
// for whom it acts. They are asked in turn, one request at a time: what else the machine does meets both. Arguments: the database's URL.

const CONNECTIONS = 16
const ACCOUNTS = 20
/** Of each account: more than a page of its list. */
const ORDERS = 60
const PAIRS = 600
/** Of these pairs the first are not counted: statements are prepared. */
const WARM = 100
/** A part of many names. */
const SEARCHED = 'n12'

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

const names = {
  ofOurs: await stockNames(withPolicies.ctx, PAIRS),
  ofBare: await stockNames(without.ctx, PAIRS),
}
const order = (stocked: Stocked, index: number) =>
  place(stocked, (stocked === withPolicies ? names.ofOurs : names.ofBare)[index] ?? '', index)
const readOrder = (stocked: Stocked, index: number) => {
  const own = stocked.placed[index % stocked.keys.length] ?? []
  return ask(stocked, index, 'GET', own[index % own.length] ?? '')
}
const readListing = (stocked: Stocked, index: number) =>
  ask(
    stocked,
    index,
    'GET',
    `/v1/listings/${(stocked === withPolicies ? names.ofOurs : names.ofBare)[index]}`,
  )
const get = (path: string) => (stocked: Stocked, index: number) => ask(stocked, index, 'GET', path)
const measured = {
  order,
  read_order: readOrder,
  read_listing: readListing,
  list_orders: get('/v1/backorders?limit=50'),
  list_events: get('/v1/events?limit=50'),
  list_transactions: get('/v1/transactions?limit=50'),
  search: get(`/v1/listings?limit=20&q=${SEARCHED}`),
}
for (const [name, work] of Object.entries(measured)) {
  const ours: number[] = []
  const bare: number[] = []
  for (let index = 0; index < PAIRS; index += 1) {
    ours.push(await timed(work(withPolicies, index)))
    bare.push(await timed(work(without, index)))
  }
  const [p50, p50Without] = [quantile(ours.slice(WARM), 0.5), quantile(bare.slice(WARM), 0.5)]
  report(`${name}_p50`, p50, 'ms')
  report(`${name}_p50_without`, p50Without, 'ms')
  report(`${name}_ratio`, p50 / p50Without, '1', { max: 1.1 })
}
for (const { server, ctx, pool } of [withPolicies, without]) {
  await pool.close()
  await server.stop()
  await ctx.db.destroy()
}

type Stocked = {
  readonly ctx: Context
  readonly server: StartedServer
  readonly pool: Pool
  readonly keys: readonly string[]
  readonly placed: string[][]
}

/** How long it takes. Milliseconds. Throws what it throws: a figure of what failed would be worth nothing. */
async function timed(work: Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work
  return performance.now() - startedMs
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
    ctx,
    server,
    pool: new Pool(server.url, { connections: CONNECTIONS, pipelining: 1 }),
    keys,
    placed: keys.map(() => []),
  }
  const ordered = await stockNames(ctx, ACCOUNTS * ORDERS)
  await rateOf(ordered, CONNECTIONS, (name, index) => place(stocked, name, index))
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
