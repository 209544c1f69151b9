import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chooseMeans } from '../../src/confirmations/choose-means.ts'
import { claimRdapQuestion } from '../../src/confirmations/claim-rdap.ts'
import type { Context } from '../../src/context.ts'
import { violated } from '../../src/database/errors.ts'
import { endRdapTurn, takeRdapTurn } from '../../src/rdap-hosts.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { setRdapUrl, suspectAll } from '../support/suspects.ts'
import { contextOf, givenListings, givenRegistry } from '../support/world.ts'

let clone: Clone
let ctx: Context
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  await setRdapUrl(ctx)
})
afterEach(() => clone.drop())

const HOST = 'rdap.test'
const asked = { requests: 1, answer: { kind: 'absent' } } as const

async function freeInMs(): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from free_at - clock_timestamp()) * 1000)::float8 as ms from rdap_host`.execute(
    ctx.db,
  )
  return rows[0]?.ms ?? 0
}

const passGap = () =>
  sql`update rdap_host set free_at = clock_timestamp() - interval '1 second'`.execute(ctx.db)

/** How many of 20 that ask at once have the turn. */
async function takeAtOnce(): Promise<number> {
  const taken = await Promise.all(Array.from({ length: 20 }, () => takeRdapTurn(ctx, HOST, ctx.newId())))
  return taken.filter(Boolean).length
}

test('of 20 processes one has the turn at a server, also the first time', async () => {
  expect(await takeAtOnce()).toBe(1)
  expect(await takeAtOnce()).toBe(0)
  await passGap()
  expect(await takeAtOnce()).toBe(1)
})

test('a process that does not look whether the server is free is refused by rdap_requests_are_spaced', async () => {
  await takeRdapTurn(ctx, HOST, ctx.newId())
  const careless = () => sql`update rdap_host set request_id = ${ctx.newId()}`.execute(ctx.db)
  const error = await careless().catch((refused: unknown) => refused)
  expect(violated(error, 'rdap_requests_are_spaced')).toBe(true)
  await sql`drop trigger rdap_requests_are_spaced on rdap_host`.execute(ctx.db)
  await careless()
})

test('after an answer the server is free after the gap, after a Retry-After later, and after a redirection twice as late', async () => {
  await sql`update registry set rdap_per_minute_max = 6`.execute(ctx.db)
  const id = ctx.newId()
  await takeRdapTurn(ctx, HOST, id)
  expect(await freeInMs()).toBeGreaterThan(20_000)
  await endRdapTurn(ctx, HOST, id, asked)
  expect(await freeInMs()).toBeGreaterThan(5_000)
  expect(await freeInMs()).toBeLessThanOrEqual(10_000)
  await passGap()
  await takeRdapTurn(ctx, HOST, id)
  await endRdapTurn(ctx, HOST, id, { ...asked, requests: 2 })
  expect(await freeInMs()).toBeGreaterThan(15_000)
  await passGap()
  await takeRdapTurn(ctx, HOST, id)
  const answer = { kind: 'unavailable', reason: 'status 429', retryAfterMs: 600_000 } as const
  await endRdapTurn(ctx, HOST, id, { requests: 1, answer })
  expect(await freeInMs()).toBeGreaterThan(500_000)
})

test('the end of a turn that was over does not shorten the next one', async () => {
  const id = ctx.newId()
  await takeRdapTurn(ctx, HOST, id)
  await passGap()
  await takeRdapTurn(ctx, HOST, ctx.newId())
  await endRdapTurn(ctx, HOST, id, asked)
  expect(await freeInMs()).toBeGreaterThan(10_000)
})

test('two zones on ports of one host share its turns', async () => {
  await setRdapUrl(ctx, 'https://RDAP.test:8443/v1/')
  const { rows } = await sql<{ host: string }>`select rdap_host as host from zone`.execute(ctx.db)
  expect(rows).toEqual([{ host: HOST }])
})

test('of 20 workers one claims a question, and the next waits for the server', async () => {
  await sql`update registry set confirm_by = '{rdap}'`.execute(ctx.db)
  await givenListings(ctx, { names: ['a.test', 'b.test'] })
  await suspectAll(ctx)
  expect(await chooseMeans(ctx)).toBe(2)
  const claim = () => Promise.all(Array.from({ length: 20 }, () => claimRdapQuestion(ctx)))
  const first = (await claim()).filter((question) => question !== undefined)
  expect(first).toHaveLength(1)
  expect(await claimRdapQuestion(ctx)).toBeUndefined()
  await passGap()
  const second = (await claim()).filter((question) => question !== undefined)
  expect(second).toHaveLength(1)
  expect(new Set([...first, ...second].map(({ facts }) => facts.name)).size).toBe(2)
})
