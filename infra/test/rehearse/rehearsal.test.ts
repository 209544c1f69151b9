import { placeBackorder } from '@droplock/core/backorders/place'
import { asService, type Context } from '@droplock/core/context'
import { readOnly } from '@droplock/core/database/read-only'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  givenAccount,
  givenListings,
  REGISTRY,
  REGISTRY_ACCOUNT,
  zone,
} from '../../../packages/core/test/support/world.ts'
import { readLive, runRehearsal } from '../../src/rehearse/run-rehearsal.ts'
import { requireScratchHosts } from '../../src/rehearse/secure-names.ts'
import { reportOf, writeReport } from '../../src/rehearse/write-report.ts'

/** It starts a database and two processes, and lasts as long as its names take. */
const MS_MAX = 120_000
const RATE = 5
const NAMES = 13
const quiet = { say: () => undefined, line: () => undefined }

let clone: Clone
let ctx: Context
/** Of an app that may read what operators see, and not of the owner. */
let url: string
beforeAll(async () => {
  clone = await cloneDatabase()
  ctx = { db: clone.db, newId }
  url = clone.urls.console_api
  await defineRegistry(asService(ctx), {
    id: REGISTRY,
    profile: 'generic',
    zones: [zone({ earlySeconds: 60, mayHavePremium: false })],
    accounts: [
      {
        id: REGISTRY_ACCOUNT,
        clid: 'droplock',
        isSimulator: true,
        hosts: [{ host: '192.0.2.1', port: 700 }],
        // A busy machine counts a command that much later than it was sent.
        limits: { sessionsMax: 4, commandsPerSecondMax: RATE, transitMsMax: 2_000 },
      },
    ],
  })
  const names = Array.from({ length: NAMES }, (_, index) => `n${(index * 7) % NAMES}.test`)
  await givenListings(ctx, { names, purgeAt: tomorrowNoon() })
  const buyer = await givenAccount(ctx)
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
})
afterAll(() => clone.drop())

function tomorrowNoon(): Date {
  const day = new Date(Date.now() + 86_400_000)
  return new Date(`${day.toISOString().slice(0, 10)}T12:00:00Z`)
}

/** How many rows each table has, and the last transaction that wrote one. */
async function contentOf(): Promise<string> {
  const client = new Client({ connectionString: clone.url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(`
      select format('%I', relname) as name from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`)
    const counts = rows.map(
      ({ name }) =>
        `select '${name}' as table, count(*)::integer as rows, max(xmin::text::bigint)::text as last from ${name}`,
    )
    const counted = await client.query(counts.join(' union all '))
    return JSON.stringify(counted.rows)
  } finally {
    await client.end()
  }
}

test('the live database is read in one transaction that cannot write, with a login that has the rights of the console', async () => {
  await expect(
    readOnly({ url: clone.url, applicationName: 'test' }, (tx) =>
      tx.updateTable('listing').set({ suspect: true }).execute(),
    ),
  ).rejects.toMatchObject({ code: '25006' })
  const day = await readLive(url, REGISTRY, undefined)
  expect(day).toMatchObject({ profile: 'generic', contracts: [{ commandsPerSecondMax: RATE }] })
  expect(day.names).toHaveLength(NAMES)
  await expect(readLive(url, 'nowhere', undefined)).rejects.toMatchObject({
    code: 'registry_not_found',
  })
})

test('a rehearsal refuses a database whose registry is on another machine', async () => {
  await expect(requireScratchHosts(ctx)).rejects.toThrow('a rehearsal reaches no other machine')
})

test(
  'of more names at one instant than the limits allow, those get no create in time that the forecast says: the last in the order of service',
  async () => {
    const before = await contentOf()
    const args = {
      registryId: REGISTRY,
      day: undefined,
      minutes: 2,
      paceScale: 1,
      rivals: 0,
      seed: 1,
      out: undefined,
    }
    const rehearsal = await runRehearsal(url, args, quiet, AbortSignal.timeout(MS_MAX))
    const { results, ...report } = reportOf(rehearsal)
    expect(report, writeReport(rehearsal).join('\n')).toMatchObject({
      names: NAMES,
      expected_served: RATE,
      served: RATE,
      caught: NAMES,
      violations: 0,
      agreement: { as_expected: NAMES, better: 0, worse: 0 },
    })
    const late = results.filter(({ first_create_ms }) => (first_create_ms ?? Infinity) >= 1_000)
    expect(late.map(({ position }) => position)).toEqual(
      Array.from({ length: NAMES - RATE }, (_, index) => RATE + 1 + index),
    )
    expect(await contentOf()).toBe(before)
  },
  MS_MAX,
)
