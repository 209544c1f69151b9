import type * as CoreContext from '@droplock/core/context'
import type { Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { onServer } from '@droplock/core/testing/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { servedFrom } from '../src/gateway.ts'
import { createTestApp } from './support/app.ts'
import { expectProblem } from './support/refuses.ts'
import { order, someProfile } from './support/requests.ts'
import { givenCustomer, givenListings, openWorld } from './support/world.ts'

/** What row-level security would be laid under the use cases of accounts by: the handle of one account, instead of everybody's. */
const seam = vi.hoisted(() => ({
  handleOf: (_accountId: string, everybodys: Context['db']): Context['db'] => everybodys,
}))

vi.mock('@droplock/core/context', async (load) => {
  const real = await load<typeof CoreContext>()
  const actFor: typeof real.actFor = (ctx, actor) =>
    real.actFor({ ...ctx, db: seam.handleOf(actor.accountId, ctx.db) }, actor)
  return { ...real, actFor }
})

/**
 * A connection sees the rows of the account that it has set, and no others. Keys are exempt, because an account is found by them, and
 * budgets of requests, which are leased for many accounts at once.
 */
const policies = `do $$ declare ours text; begin
  for ours in select table_name from information_schema.columns
    where table_schema = 'public' and column_name = 'account_id' and table_name not in ('api_key', 'request_budget')
  loop
    execute format('alter table %I enable row level security', ours);
    execute format('create policy own_rows on %I using (account_id::text = current_setting(''droplock.account'', true))
      with check (account_id is null or account_id::text = current_setting(''droplock.account'', true))', ours);
  end loop;
end $$`

async function givenSecuredWorld() {
  const world = await openWorld()
  onTestFinished(world.drop)
  await onServer(world.url, (client) => client.query(policies))
  const handles = new Map<string, Context['db']>()
  seam.handleOf = (accountId) => {
    const known = handles.get(accountId)
    if (known !== undefined) return known
    const url = new URL(world.urls.gateway)
    url.searchParams.set('options', `-c droplock.account=${accountId}`)
    const handle = openDatabase({ url: url.href, connectionsMax: 2, applicationName: 'droplock-test' })
    handles.set(accountId, handle)
    return handle
  }
  onTestFinished(async () => {
    await Promise.all([...handles.values()].map((handle) => handle.destroy()))
  })
  return { ...world, ...createTestApp({ test: servedFrom(world.contextOf('gateway')) }) }
}

/** What a handle gives where no query asks whose it is. */
const visible = async (db: Context['db']) => ({
  backorders: (await db.selectFrom('backorder').select('name').execute()).map(({ name }) => name),
  payments: (await db.selectFrom('payment').select('id').execute()).length,
  postings: (await db.selectFrom('posting').select('line').execute()).length,
  watches: (await db.selectFrom('watch').select('name').execute()).length,
})

test('row-level security can be laid under one function: each account then has its own rows by the same use cases, and without it none', async () => {
  const { ctx, contextOf, send } = await givenSecuredWorld()
  await givenListings(ctx, ['one.test', 'two.test', 'three.test'])
  const [mine, theirs] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  const placed = await send(order('one.test', mine.key))
  expect((await send(order('two.test', theirs.key))).status).toBe(201)
  for (const { key, accountId } of [mine, theirs]) {
    await send({ method: 'PUT', path: '/v1/watches/three.test', key })
    const body = { ...someProfile, legal_name: accountId }
    await send({ method: 'PUT', path: '/v1/billing-profile', key, body, headers: { 'If-None-Match': '*' } })
  }

  for (const [{ key, accountId }, name] of [
    [mine, 'one.test'],
    [theirs, 'two.test'],
  ] as const) {
    const read = async (path: string): Promise<unknown> => (await send({ path: `/v1/${path}`, key })).json()
    expect(await read('backorders')).toMatchObject({ items: [{ name }] })
    expect(await read('watches')).toMatchObject({ items: [{ name: 'three.test' }] })
    expect(await read('billing-profile')).toMatchObject({ legal_name: accountId })
    expect(await read('transactions')).toMatchObject({ items: [{}, {}] })
    expect(await read('balance')).toMatchObject({ in_escrow: { amount_minor: 1_900 } })
    expect(await read('forecast')).toMatchObject({ watched: { count: 1 } })
    expect(await read(`listings/${name}`)).toMatchObject({ held_by_you: true })
  }
  const path = placed.headers.get('Location') ?? ''
  expect(await (await send({ path, key: mine.key })).json()).toMatchObject({
    name: 'one.test',
    payments: [{}],
  })
  await expectProblem(await send({ path, key: theirs.key }), 'backorder_not_found')
  await expectProblem(await send(order('one.test', theirs.key)), 'name_taken')

  // Through the handle of one account there is nothing of another, whatever a query forgets to ask for; past the seam there is nothing.
  const all = await visible(ctx.db)
  expect(all.backorders).toHaveLength(2)
  expect(await visible(seam.handleOf(mine.accountId, ctx.db))).toEqual({
    backorders: ['one.test'],
    payments: all.payments / 2,
    postings: expect.any(Number),
    watches: 1,
  })
  expect(await visible(contextOf('gateway').db)).toEqual({
    backorders: [],
    payments: 0,
    postings: 0,
    watches: 0,
  })
})
