import { placeBackorder } from '@droplock/core/backorders/place'
import { asService } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { defineRegistry, type Zone } from '@droplock/core/registries/define'
import { closeDue } from '@droplock/core/schedule/steps'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { type RegistryProfileId, registryProfiles } from '@droplock/rules/registries'
import { test } from 'vitest'
import { givenAccount, givenListings, REGISTRY, zone } from '../../../packages/core/test/support/world.ts'
import { runRehearsal } from '../../src/rehearse/run-rehearsal.ts'
import { hasDropHost } from '../../src/rehearse/simulated.ts'
import { reportOf, writeReport } from '../../src/rehearse/write-report.ts'

// Each rehearsal starts a database and two processes, and lasts as long as its names take: they run side by side.

const MS_MAX = 120_000
const quiet = { say: () => undefined, line: () => undefined }
/** A busy machine counts a command that much later than it was sent. Milliseconds. */
const limits = { sessionsMax: 6, commandsPerSecondMax: 40, transitMsMax: 2_000 }

type Live = {
  readonly profile: RegistryProfileId
  readonly tld: string
  readonly names: number
  readonly zone?: Partial<Zone>
  readonly accounts?: number
  readonly rivals?: number
  /** Whether the registry was asked about the names, and did not show what it may order them by. */
  readonly isOrderHidden?: boolean
}

/** Rehearses names that drop at tomorrow's noon, or in a window that begins then. Returns the report, also as text. */
async function rehearse({ profile, tld, names: count, accounts = 1, rivals = 0, ...live }: Live) {
  await using cleanup = new AsyncDisposableStack()
  const clone = await cloneDatabase()
  cleanup.defer(() => clone.drop())
  const ctx = { db: clone.db, newId }
  const hosts = [{ host: '192.0.2.1', port: 700 }]
  const { release } = registryProfiles[profile]
  await defineRegistry(asService(ctx), {
    id: REGISTRY,
    profile,
    zones: [zone({ name: tld, release, mayHavePremium: false, ...live.zone })],
    accounts: Array.from({ length: accounts }, (_, index) => ({
      id: `live/${index + 1}`,
      clid: `droplock-${index + 1}`,
      isSimulator: true,
      hosts,
      ...(hasDropHost({ profile }) && { dropHosts: hosts }),
      limits,
    })),
  })
  const names = Array.from({ length: count }, (_, index) => `n${index + 1}.${tld}`)
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  await givenListings(ctx, { names, zone: tld, purgeAt: new Date(`${day}T12:00:00Z`) })
  const buyer = await givenAccount(ctx)
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
  if (live.isOrderHidden === true) {
    await clone.db.updateTable('listing').set({ cutoff_at: new Date() }).execute()
    while ((await closeDue(ctx)).closed > 0);
    await clone.db.updateTable('catch_target').set({ prepared_at: new Date() }).execute()
  }
  const args = {
    registryId: REGISTRY,
    day: undefined,
    minutes: 2,
    paceScale: 1,
    rivals,
    seed: 1,
    out: undefined,
  }
  const stop = AbortSignal.timeout(MS_MAX)
  const rehearsal = await runRehearsal(clone.urls.console_api, args, quiet, stop)
  return { report: reportOf(rehearsal), text: writeReport(rehearsal).join('\n') }
}

test.concurrent(
  'two accounts catch a daily batch, and both are in the forecast',
  async ({ expect: expects }) => {
    const batch = { profile: 'verisign-like', tld: 'com', names: 12, zone: { lateSeconds: 6 } } as const
    const { report, text } = await rehearse({ ...batch, accounts: 2 })
    const all = { accounts: 2, expected_served: 12, served: 12, caught: 12, violations: 0 }
    expects(report, text).toMatchObject(all)
    // In six seconds at the rates of both.
    expects(report.results[0]).toMatchObject({ basis: 'order_expected', capacity: 480 })
  },
  MS_MAX,
)

test.concurrent(
  'of a batch whose order is hidden a rival with our limits gets a part, and no name is forgotten',
  async ({ expect: expects }) => {
    const batch = { profile: 'verisign-like', tld: 'net', names: 16, zone: { lateSeconds: 6 } } as const
    const { report, text } = await rehearse({ ...batch, rivals: 1, isOrderHidden: true })
    const { results } = report
    expects(report, text).toMatchObject({ expected_served: 16, violations: 0 })
    expects(new Set(results.map(({ basis }) => basis))).toEqual(new Set(['turns']))
    expects(
      results.every(({ creates }) => creates > 0),
      text,
    ).toBe(true)
    expects(report.caught, text).toBeGreaterThan(0)
    expects(report.caught, text).toBeLessThan(16)
  },
  MS_MAX,
)

test.concurrent(
  'applications at the drop host are awarded when their period is over',
  async ({ expect: expects }) => {
    const { report, text } = await rehearse({ profile: 'dropzone-like', tld: 'shop', names: 6 })
    const all = { expected_served: 6, served: 6, caught: 6, violations: 0 }
    expects(report, text).toMatchObject(all)
    expects(report.results.map(({ creates }) => creates)).toEqual([1, 1, 1, 1, 1, 1])
  },
  MS_MAX,
)

test.concurrent(
  'a server that is open for the window only gets its creates from its opening on, one a second on a session',
  async ({ expect: expects }) => {
    const live = { profile: 'nz-like', tld: 'nz', names: 6, zone: { lateSeconds: 8 } } as const
    const { report, text } = await rehearse(live)
    expects(report, text).toMatchObject({ expected_served: 5, caught: 6, violations: 0 })
    expects(report.agreement.worse, text).toBe(0)
  },
  MS_MAX,
)
