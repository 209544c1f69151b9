import { join } from 'node:path'
import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { stateFolder } from '../paths.ts'
import { accountIdOf, type DemoRegistry, seedDemo } from '../seed/seed-demo.ts'
import type { AssignedPort } from './assign-ports.ts'
import type { Output } from './output.ts'

export type SeedContext = {
  readonly databaseUrl: string
  /** Only an embedded database, or one with DROPLOCK_DEMO=1 and simulated registries alone, is ever seeded. */
  readonly isDemo: boolean
  readonly ports: readonly AssignedPort[]
  readonly output: Output
}

/** Variables that apps need to work with what was seeded: feeds, and the logins of the registry accounts. */
export type SeededEnvironment = Readonly<Record<string, string>>

const password = 'sim-secret-1'
const tlsFolder = join(stateFolder, 'sim-tls')

/** Soon enough to watch: orders close half a minute before the window, and nobody waits for a miss longer than that. */
const timing = {
  cutoffLeadSeconds: 30,
  dropLastsSeconds: 60,
  earlySeconds: 0,
  lateSeconds: 10,
  graceSeconds: 20,
}

/** The simulator's own two registries; `count` ports in a row, in this order. */
const registries = [
  {
    id: 'exact',
    zones: 'pl com.pl net.pl org.pl edu.pl info.pl biz.pl waw.pl wroclaw.pl sklep.pl szczecin.pl'.split(' '),
  },
  { id: 'daily', zones: ['com', 'net'] },
] as const

/**
 * Puts the demo's registries, zones and resellers into a demo database, and says how to order with their keys. Any other
 * database is left alone. Throws SeedRefused beside a real registry account.
 */
export async function seed({ databaseUrl, isDemo, ports, output }: SeedContext): Promise<SeededEnvironment> {
  if (!isDemo) return {}
  const db = openDatabase({ url: databaseUrl, connectionsMax: 1, applicationName: 'launcher' })
  try {
    const plan = { allowed: true, registries: registries.map((_, index) => registryAt(index, ports)) }
    const resellers = await seedDemo({ db, newId }, plan)
    for (const { name, currency, apiKey } of resellers)
      output.say(`reseller ${name} (${currency}): ${apiKey}`)
  } finally {
    await db.destroy()
  }
  return environment(portOf(ports, 'DROPLOCK_SIM_CONTROL_PORT'))
}

function registryAt(index: number, ports: readonly AssignedPort[]): DemoRegistry {
  const { id, zones } = registries[index] ?? registries[0]
  return {
    id,
    profile: id,
    host: '127.0.0.1',
    port: portOf(ports, 'DROPLOCK_SIM_EPP_PORT') + index,
    clid: 'droplock',
    sessionsMax: 4,
    commandsPerSecondMax: 40,
    zones,
    timing,
  }
}

function environment(controlPort: number): SeededEnvironment {
  const feeds = registries.map(({ id }) => ({
    registryId: id,
    url: `http://127.0.0.1:${controlPort}/registries/${id}/drop-list.csv`,
    format: 'ietf-csv',
  }))
  const login = { password, caFile: join(tlsFolder, 'ca.pem') }
  return {
    DROPLOCK_SIM_TLS_FOLDER: tlsFolder,
    DROPLOCK_SIM_PASSWORD: password,
    DROPLOCK_FEEDS: JSON.stringify(feeds),
    DROPLOCK_FEED_POLL_MS: '10000',
    DROPLOCK_PUBLICATION: 'at_once',
    DROPLOCK_EPP_CREDENTIALS: JSON.stringify(
      Object.fromEntries(registries.map(({ id }) => [accountIdOf(id), login])),
    ),
    DROPLOCK_JOURNAL_FOLDER: join(stateFolder, 'journal'),
    // Names are ordered minutes before their drop here, not days.
    DROPLOCK_PREPARE_LEAD_MS: '20000',
  }
}

function portOf(ports: readonly AssignedPort[], variable: string): number {
  const assigned = ports.find((each) => each.variable === variable)
  if (assigned === undefined) throw new Error(`no app asked for ${variable}`)
  return assigned.port
}
