import { randomBytes } from 'node:crypto'
import type { AppRole, AppUrls } from '@droplock/core/database/app-roles'
import { type SecretKeySetting, secretKeySettings } from '@droplock/rules/secret-keys'
import { type AppSpec, mainOf } from '../environment/apps.ts'
import {
  catcherEnv,
  dropListAt,
  host,
  ourClid,
  type SimulatedRegistry,
  simulatorEnv,
} from '../environment/registries.ts'
import { freePort } from '../processes/port.ts'
import { accountIdOf } from '../seed/seed-demo.ts'

/** Away from the ports of everything else, so that all may run at once. */
const FIRST_PORT = 19_100

export const zone = 'shop'
export const registryId = 'shop-registry'

/** The name is listed, ordered and paid within this, on a slow machine too. */
export const dropAheadMs = 30_000

export type Places = {
  readonly epp: number
  readonly control: number
  readonly gateways: readonly [number, number]
  readonly consoles: readonly [number, number]
  /** Everything temporary. */
  readonly folder: string
  /** Those of the settings; none of a setting that was lost. */
  readonly keys: Readonly<Partial<Record<SecretKeySetting, string>>>
}

export async function findPlaces(folder: string): Promise<Places> {
  const first = await freePort(FIRST_PORT, 6)
  return {
    epp: first,
    control: first + 1,
    gateways: [first + 2, first + 3],
    consoles: [first + 4, first + 5],
    folder,
    keys: Object.fromEntries(secretKeySettings.map((name) => [name, randomBytes(32).toString('hex')])),
  }
}

export const urlOf = (port: number) => `http://${host}:${port}`

const timing = {
  cutoffLeadSeconds: 3,
  dropLastsSeconds: 1,
  earlySeconds: 0,
  lateSeconds: 10,
  graceSeconds: 10,
}
const limits = { sessionsMax: 2, commandsPerSecondMax: 20 }

/** The file that an operator writes for `npm run admin -- registry put`. */
export function registryFile({ epp }: Places) {
  return {
    id: registryId,
    profile: 'generic',
    account: {
      id: accountIdOf(registryId),
      clid: ourClid,
      // Play money buys nothing at a real registry, so it has to be said that this is none.
      simulator: true,
      hosts: [{ host, port: epp }],
      limits: { sessions_max: limits.sessionsMax, commands_per_second_max: limits.commandsPerSecondMax },
    },
    zones: [
      {
        name: zone,
        fee: '8.00 USD',
        cutoff_lead_seconds: timing.cutoffLeadSeconds,
        late_seconds: timing.lateSeconds,
        grace_seconds: timing.graceSeconds,
        // Windows of seconds have no minutes to follow.
        drift_earlier_seconds_max: 0,
        drift_later_seconds_max: 0,
        prices: ['29.00 USD'],
        renewal_prices: ['15.00 USD'],
      },
    ],
  }
}

export function registrySpec({ epp, control, folder }: Places): AppSpec {
  const registry: SimulatedRegistry = {
    id: registryId,
    host,
    port: epp,
    clid: ourClid,
    ...limits,
    zones: [zone],
    timing,
  }
  return {
    name: 'registry-sim',
    main: mainOf('registry-sim'),
    ports: [control, epp],
    env: { ...simulatorEnv([registry], folder), DROPLOCK_SIM_CONTROL_PORT: String(control) },
  }
}

export const serverName = (app: 'gateway' | 'console-api', port: number) => `${app} on ${port}`

/** One of several servers of an app. */
const server = (
  app: 'gateway' | 'console-api',
  port: number,
  env: AppSpec['env'],
  release: string | undefined,
): AppSpec => ({
  name: serverName(app, port),
  main: mainOf(app, release),
  ports: [port],
  env: { ...env, PORT: String(port) },
})

/** The settings that each app reads of these, where they are not lost. */
const keysOf: Readonly<Partial<Record<AppRole, readonly SecretKeySetting[]>>> = {
  gateway: ['DROPLOCK_WEBHOOK_SECRET_KEY', 'DROPLOCK_AUTH_CODE_SECRET'],
  console_api: ['DROPLOCK_STAFF_SECRET_KEY'],
  worker: ['DROPLOCK_WEBHOOK_SECRET_KEY'],
  catcher: ['DROPLOCK_AUTH_CODE_SECRET'],
}

function keysFor(app: AppRole, keys: Places['keys']): AppSpec['env'] {
  return Object.fromEntries(
    (keysOf[app] ?? []).flatMap((name) => (keys[name] === undefined ? [] : [[name, keys[name]]])),
  )
}

/** Two gateways, two servers of the console, the worker and the catcher, each with the login of its app, of the release in that folder. */
export function appSpecs(places: Places, urls: AppUrls, release?: string): readonly AppSpec[] {
  const envOf = (app: AppRole): AppSpec['env'] => ({
    DATABASE_URL: urls[app],
    DROPLOCK_LOG_LEVEL: 'warn',
    // The endpoint of a reseller is on this machine.
    DROPLOCK_WEBHOOK_LOOPBACK: 'on',
    ...keysFor(app, places.keys),
  })
  const feed = { registryId, url: dropListAt(urlOf(places.control), registryId) }
  return [
    ...places.gateways.map((port) => server('gateway', port, envOf('gateway'), release)),
    ...places.consoles.map((port) => server('console-api', port, envOf('console_api'), release)),
    {
      name: 'worker',
      main: mainOf('worker', release),
      ports: [],
      env: {
        ...envOf('worker'),
        DROPLOCK_FEEDS: JSON.stringify([feed]),
        DROPLOCK_FEED_POLL_MS: '500',
        DROPLOCK_PUBLICATION: 'at_once',
      },
    },
    {
      name: 'catcher',
      main: mainOf('catcher', release),
      ports: [],
      env: {
        ...envOf('catcher'),
        ...catcherEnv([{ id: registryId }], places.folder),
        DROPLOCK_PREPARE_LEAD_MS: '20000',
        DROPLOCK_FIRE_LEAD_MS: '1000',
      },
    },
  ]
}
