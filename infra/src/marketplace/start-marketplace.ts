import { makeFixture } from '../console/fixture/make-fixture.ts'
import { type Database, type Environment, filled, startEnvironment } from '../environment/environment.ts'
import type { AppPlan, PlannedRegistry } from '../environment/specs.ts'
import { makeBriefOutput } from '../launch/output.ts'
import { buildMarketplace } from '../pages/build-pages.ts'

/** Away from the ports of every other plan. */
const FIRST_PORT = 19_100

/** The zone whose names drop, and its registry. */
export const dropZone = 'live'
export const dropRegistry = 'live'

/** Orders are open until seconds before the drop, which lasts long enough to be watched. */
const registry: PlannedRegistry = {
  id: dropRegistry,
  zones: [dropZone],
  sessionsMax: 4,
  commandsPerSecondMax: 60,
  timing: { cutoffLeadSeconds: 10, dropLastsSeconds: 2, earlySeconds: 0, lateSeconds: 20, graceSeconds: 8 },
  // A second list moves all names of the first: here that is no mistake.
  quarantine: { suspectedPercentMax: 100, movedPercentMax: 100, rowsPercentMin: 0, rejectsPercentMax: 100 },
}

/** What a customer's order passes through. */
const everyApp: AppPlan = {
  'registry-sim': {},
  payments: {},
  mail: {},
  gateway: { DROPLOCK_LOG_LEVEL: 'error' },
  marketplace: { DROPLOCK_LOG_LEVEL: 'error' },
  worker: { DROPLOCK_LOG_LEVEL: 'error' },
  catcher: { DROPLOCK_LOG_LEVEL: 'error' },
}

/** The built pages and all that is behind them, each a process of its own, with a registry of which one list has been published by nobody yet. */
export async function startMarketplace(
  database?: Database,
  stop: AbortSignal = new AbortController().signal,
): Promise<Environment> {
  await buildMarketplace()
  return startEnvironment(
    {
      name: 'marketplace',
      firstPort: FIRST_PORT,
      registries: [registry],
      apps: everyApp,
      ...(database && { database }),
    },
    makeBriefOutput(process.stderr),
    stop,
  )
}

/** The pages on a database with the fixture of the console, where every order has ended in one of all ways. Nothing drops. */
export async function startMarketplaceWithFixture(
  database?: Database,
  stop: AbortSignal = new AbortController().signal,
): Promise<Environment> {
  await buildMarketplace()
  const { payments, mail, gateway, marketplace } = everyApp
  const starting = startEnvironment(
    {
      name: 'marketplace',
      firstPort: FIRST_PORT,
      registries: [],
      apps: {
        ...(payments && { payments }),
        ...(mail && { mail }),
        ...(gateway && { gateway }),
        ...(marketplace && { marketplace }),
      },
      ...(database && { database }),
    },
    makeBriefOutput(process.stderr),
    stop,
  )
  return filled(starting, ({ ctx }) => makeFixture(ctx))
}
