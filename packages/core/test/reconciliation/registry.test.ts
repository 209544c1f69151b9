import { money } from '@droplock/rules/money'
import { sql, type Transaction } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../../../apps/registry-sim/src/start-simulator.ts'
import { createXml, logIn } from '../../../../apps/registry-sim/test/support/epp-client.ts'
import { openAccountReport } from '../../../feeds/src/account-reports/open-account-report.ts'
import type { Context } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { reconcile } from '../../src/reconciliation/reconcile.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenRegistry, REGISTRY_ACCOUNT } from '../support/world.ts'
import { terms } from './world.ts'

let simulator: Simulator
let registered = 0
beforeAll(async () => {
  simulator = await startSimulator({ registries: [{ id: 'exact', release: 'exact', zones: ['pl'] }] })
})
afterAll(() => simulator.stop())

const charged = new Map<string, string>()

/** Names registered at the registry by EPP, and booked here as the catcher books them. Name → the id of our charge. */
async function givenRegistered(tx: Transaction<Database>, ctx: Context, count: number) {
  const [registry] = simulator.registries
  if (registry === undefined) throw new Error('no registry')
  await givenRegistry(ctx)
  await sql`alter table registry_charge drop constraint registry_charge_names_its_cause`.execute(tx)
  const client = await logIn(registry)
  for (let index = 0; index < count; index += 1) {
    registered += 1
    const name = `name-${registered}.pl`
    const answer = await client.send(createXml(name))
    charged.set(name, /<svTRID>(.*?)<\/svTRID>/.exec(answer)?.[1] ?? '')
  }
  client.close()
  const ids = new Map<string, string>()
  for (const [name, svtrid] of charged) {
    const id = ctx.newId()
    ids.set(name, id)
    await tx
      .insertInto('registry_charge')
      .values({
        id,
        registry_account_id: REGISTRY_ACCOUNT,
        kind: 'registration',
        name,
        years: 1,
        amount_minor: 800n,
        currency: 'USD',
        charged_at: sql<Date>`clock_timestamp()`,
        svtrid,
      })
      .execute()
  }
  return ids
}

const report = () =>
  openAccountReport({
    registryAccountId: REGISTRY_ACCOUNT,
    place: { kind: 'url', url: `${simulator.control}/registries/exact/report.csv` },
    account: 'droplock',
  })

const tamper = async (name: string, how: 'drop' | 'double' | 'alter') => {
  const body = JSON.stringify({ name, how })
  const response = await fetch(`${simulator.control}/registries/exact/report/tamper`, {
    method: 'POST',
    body,
  })
  expect(response.status).toBe(200)
}

async function reconcileNow(ctx: Context, reports = [report()]) {
  const result = await reconcile(ctx, { cause: { kind: 'command' }, reports, terms })
  const items = await ctx.db
    .selectFrom('reconciliation_item')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('subject')
    .execute()
  return { result, items }
}

test('entries that a registry drops, doubles or alters in its report are found, with our id and its own', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const ids = await givenRegistered(tx, ctx, 4)
    const clean = await reconcileNow(ctx)
    expect(clean.result).toMatchObject({ entries: 4, findings: 0, unmatched: 0, unread: [] })

    const [dropped = '', doubled = '', altered = ''] = ids.keys()
    await tamper(dropped, 'drop')
    await tamper(doubled, 'double')
    await tamper(altered, 'alter')
    const { items, result } = await reconcileNow(ctx)
    expect(result).toMatchObject({ entries: 4, findings: 3, unmatched: 3 })
    const itemOf = (name: string) => items.find((item) => item.our_id === ids.get(name))
    const ours = {
      source: REGISTRY_ACCOUNT,
      our_type: 'registration',
      ours_minor: 800n,
      ours_currency: 'USD',
    }
    expect(itemOf(dropped)).toMatchObject({
      ...ours,
      kind: 'missing_there',
      their_ids: [charged.get(dropped)],
    })
    expect(itemOf(doubled)).toMatchObject({ ...ours, kind: 'doubled', their_ids: [charged.get(doubled)] })
    expect(itemOf(altered)).toMatchObject({ ...ours, kind: 'altered', theirs_minor: 801n })
  }))

test('a registration that we did not book is unknown here, by the registry’s id', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistered(tx, ctx, 1)
    const name = [...charged.keys()].at(-1) ?? ''
    await sql`alter table registry_charge disable trigger registry_charge_is_append_only`.execute(tx)
    await tx.deleteFrom('registry_charge').where('name', '=', name).execute()
    const { items } = await reconcileNow(ctx)
    const unknown = items.filter(({ kind }) => kind === 'unknown_here')
    expect(unknown).toMatchObject([{ their_ids: [charged.get(name)], our_id: null, theirs_minor: 800n }])
  }))

test('an unreadable line is a finding, and an unreadable report changes neither kept entries nor open items', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    const entry = {
      line: 3,
      at: new Date(0),
      operation: 'create',
      name: 'x.pl',
      years: 1,
      amount: money(1n, 'USD'),
    }
    const bad = { kind: 'unreadable', line: 2, reason: 'a test', text: 'rubbish' } as const
    const good = {
      registryAccountId: REGISTRY_ACCOUNT,
      read: async function* () {
        yield bad
        yield { kind: 'entry', entry } as const
      },
    }
    const first = await reconcileNow(ctx, [good])
    expect(first.items.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['unknown_here', 'create x.pl 1970-01-01T00:00:00.000Z'],
      ['unreadable', 'rubbish'],
    ])
    const broken = {
      registryAccountId: REGISTRY_ACCOUNT,
      read: async function* () {
        yield { kind: 'entry', entry: { ...entry, name: 'y.pl' } } as const
        throw new Error('the line broke')
      },
    }
    const second = await reconcileNow(ctx, [broken])
    expect(second.result?.unread).toEqual([`${REGISTRY_ACCOUNT}: Error: the line broke`])
    expect(second.items).toHaveLength(2)
    const kept = await tx.selectFrom('registry_entry').select('name').execute()
    expect(kept).toEqual([{ name: 'x.pl' }])
    const rubbish = {
      registryAccountId: REGISTRY_ACCOUNT,
      read: async function* () {
        for (let line = 0; line < 200; line += 1) yield bad
      },
    }
    expect((await reconcileNow(ctx, [rubbish])).result?.unread).toHaveLength(1)
  }))
