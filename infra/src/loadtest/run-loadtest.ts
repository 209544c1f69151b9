import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { type LedgerProof, proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { type Apps, demoApps } from '../environment/apps.ts'
import type { Output } from '../launch/output.ts'
import { makeRoles } from '../postgres/cluster.ts'
import { startTemporaryPostgres } from '../postgres/temporary.ts'
import type { Arguments } from './arguments.ts'
import { runScript } from './run-script.ts'
import { preparationOf, scenarioPath } from './scenarios.ts'

/**
 * Runs one scenario against apps and a database of its own, on loopback. The database syncs its commits to disk like a real
 * one. Resolves with the script's exit code, or 1 when the ledger does not add up afterwards. Rejects when something does
 * not start or fails for good, or `stop` aborts. Leaves nothing running.
 */
export async function runLoadtest(args: Arguments, output: Output, stop: AbortSignal): Promise<number> {
  await using cleanup = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'droplock-loadtest-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const postgres = await startTemporaryPostgres({ durable: true })
  cleanup.defer(() => postgres.stop())
  await migrate(postgres.url)
  const db = openDatabase({ url: postgres.url, connectionsMax: 2, applicationName: 'droplock-loadtest' })
  cleanup.defer(() => db.destroy())
  const apps = demoApps(output, stop)
  cleanup.defer(() => apps.stop())
  const told = await preparationOf(args.name)({
    ctx: { db, newId },
    databaseUrl: postgres.url,
    urls: await makeRoles(postgres.url),
    apps,
    folder,
    burst: args.burst,
    stop,
    say: output.say,
    defer: (end) => cleanup.defer(end),
  })
  const code = await runWhileTheyLive(apps, scenarioPath(args.name), { ...args.env, ...told }, stop)
  if (code !== 0 || addsUp(await proveLedger(db))) return code
  output.say('BROKEN: the ledger does not add up')
  return 1
}

/** Rejects, when the script has ended, with the reason of `stop`, or why an app was given up. */
async function runWhileTheyLive(
  apps: Apps,
  script: string,
  env: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<number> {
  stop.throwIfAborted()
  const failed = new AbortController()
  apps.failed.catch(() => failed.abort())
  const code = await runScript(script, env, AbortSignal.any([stop, failed.signal]))
  stop.throwIfAborted()
  return failed.signal.aborted ? apps.failed : code
}

function addsUp(ledger: LedgerProof): boolean {
  const differences = [
    ...Object.values(ledger.ledgerSumMinor),
    ...Object.values(ledger.escrowDifferenceMinor),
  ]
  return ledger.balanceMismatches === 0 && differences.every((amount) => amount === 0n)
}
