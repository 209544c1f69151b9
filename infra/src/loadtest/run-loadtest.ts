import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { demoApps } from '../demo/apps.ts'
import type { Output } from '../launch/output.ts'
import { stateFolder } from '../paths.ts'
import { startPostgres } from '../postgres/start.ts'
import { freePort } from '../processes/port.ts'
import { demoResellers } from '../seed/resellers.ts'
import { type DemoRegistry, seedDemo } from '../seed/seed-demo.ts'
import { publishNames } from './publish-names.ts'
import { runScript } from './run-script.ts'

const databasePort = 54_600
const gatewayPort = 18_800
/** More names than any scenario claims. */
const namesCount = 3_000

/** The zones of the generated list. Nothing drops while a load test runs, so no registry has to answer. */
const zones = ['com', 'net', 'org', 'info', 'xyz', 'shop', 'app']
const registry: DemoRegistry = {
  id: 'loadtest',
  profile: 'exact',
  host: '127.0.0.1',
  port: 7700,
  clid: 'droplock',
  sessionsMax: 1,
  commandsPerSecondMax: 1,
  zones,
  timing: { cutoffLeadSeconds: 60, dropLastsSeconds: 60, earlySeconds: 0, lateSeconds: 0, graceSeconds: 0 },
}

/**
 * Runs one script against a gateway and a database of its own, on loopback. The database syncs its commits to disk like a
 * real one. Resolves with the script's exit code, or 1 when the ledger does not add up afterwards.
 */
export async function runLoadtest(script: string, output: Output, stop: AbortSignal): Promise<number> {
  await using cleanup = new AsyncDisposableStack()
  const dataFolder = join(stateFolder, `loadtest-${process.pid}`)
  const postgres = await startPostgres({ dataFolder, port: databasePort, durable: true })
  cleanup.defer(async () => {
    await postgres.stop()
    rmSync(postgres.dataFolder, { recursive: true, force: true })
  })
  await migrate(postgres.url)
  const db = openDatabase({ url: postgres.url, connectionsMax: 2, applicationName: 'droplock-loadtest' })
  cleanup.defer(() => db.destroy())
  const ctx = { db, newId }
  await seedDemo(ctx, { registries: [registry], allowed: true })
  await publishNames(ctx, registry.id, new Set(zones), new Date(), namesCount)
  const port = await freePort(gatewayPort)
  const apps = demoApps(output, stop)
  cleanup.defer(() => apps.stop())
  const env = { DATABASE_URL: postgres.url, PORT: String(port), LOG_LEVEL: 'warn' }
  await apps.start([{ name: 'gateway', env, ports: [port] }])
  const code = await Promise.race([
    runScript(script, { GATEWAY: `http://127.0.0.1:${port}`, API_KEYS: keysOf() }, stop),
    apps.failed,
  ])
  if (code !== 0) return code
  const ledger = await proveLedger(db)
  const differences = [
    ...Object.values(ledger.ledgerSumMinor),
    ...Object.values(ledger.escrowDifferenceMinor),
  ]
  if (ledger.balanceMismatches === 0 && differences.every((amount) => amount === 0n)) return 0
  output.say('BROKEN: the ledger does not add up')
  return 1
}

function keysOf(): string {
  return demoResellers.map(({ apiKey }) => apiKey).join(',')
}
