import type * as CoreContext from '@droplock/core/context'
import type { AccountActor, Context } from '@droplock/core/context'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { onServer } from '@droplock/core/testing/server'
import { scopes } from '@droplock/rules/accounts'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createServices } from '../../src/services.ts'
import { givenCustomer, givenListings, openWorld } from '../support/world.ts'

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

/** Each row of an account is for whoever says that he is this account, and nobody else. Keys are what an account is found by. */
const policies = `do $$ declare ours text; begin
  for ours in select table_name from information_schema.columns
    where table_schema = 'public' and column_name = 'account_id' and table_name <> 'api_key'
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
  return { ...world, services: createServices(world.contextOf('gateway')) }
}

const profile = { address: '1 Some Street', country: 'IE', taxId: null, email: 'a@example.test' }

async function givenActor(ctx: Context): Promise<AccountActor> {
  const { accountId } = await givenCustomer(ctx)
  return { kind: 'account', accountId, keyId: newId(), scopes, currency: 'USD' }
}

/** What a handle gives where no query asks whose it is. */
const visible = async (db: Context['db']) => ({
  backorders: (await db.selectFrom('backorder').select('name').execute()).map(({ name }) => name),
  payments: (await db.selectFrom('payment').select('id').execute()).length,
  postings: (await db.selectFrom('posting').select('line').execute()).length,
  watches: (await db.selectFrom('watch').select('name').execute()).length,
})

test('row-level security can be laid under one function: each account then has its own rows by the same use cases, and without it none', async () => {
  const { ctx, contextOf, services } = await givenSecuredWorld()
  await givenListings(ctx, ['one.test', 'two.test', 'three.test'])
  const [mine, theirs] = [await givenActor(ctx), await givenActor(ctx)]
  const page = { limit: 10 }
  const placed = await services.placeBackorder(mine, { name: 'one.test', payment: 'balance' })
  await services.placeBackorder(theirs, { name: 'two.test', payment: 'balance' })
  for (const actor of [mine, theirs]) {
    await services.watchName(actor, 'three.test')
    await services.putBillingProfile(actor, { ...profile, legalName: actor.accountId })
  }

  for (const [actor, name] of [
    [mine, 'one.test'],
    [theirs, 'two.test'],
  ] as const) {
    const { items } = await services.listBackorders(actor, page)
    expect(items.map((backorder) => backorder.name)).toEqual([name])
    expect((await services.listWatches(actor, page)).items).toHaveLength(1)
    expect((await services.getBillingProfile(actor)).legalName).toBe(actor.accountId)
    expect((await services.listTransactions(actor, page)).items).toHaveLength(2)
    expect(await services.getBalance(actor)).toMatchObject({ escrowMinor: 1_900n })
    expect(await services.getForecast(actor)).toMatchObject({ watched: { count: 1 } })
    expect((await services.getListing(actor, name)).heldByYou).toBe(true)
  }
  expect(await services.getBackorder(mine, placed.id)).toMatchObject({ name: 'one.test', payments: [{}] })
  await expect(services.getBackorder(theirs, placed.id)).rejects.toMatchObject({
    code: 'backorder_not_found',
  })
  await expect(
    services.placeBackorder(theirs, { name: 'one.test', payment: 'balance' }),
  ).rejects.toMatchObject({
    code: 'name_taken',
  })

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
