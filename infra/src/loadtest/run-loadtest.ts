import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type LedgerProof, proveLedger } from '@droplock/core/ledger/prove'
import type { Output } from '../launch/output.ts'
import { repositoryRoot } from '../paths.ts'
import { runProgram } from '../processes/run-program.ts'
import type { Arguments } from './arguments.ts'
import { scenarios } from './scenarios.ts'

const home = join(repositoryRoot, 'loadtests')

/**
 * Runs one scenario against apps and a database of its own, on loopback. The database syncs its commits to disk like a real
 * one. Resolves with the script's exit code, 99 when a threshold is exceeded, or 1 when the ledger does not add up afterwards. Rejects
 * when something does not start or fails for good, or `stop` aborts. Leaves nothing running.
 */
export async function runLoadtest(
  { name, env, burst }: Arguments,
  output: Output,
  stop: AbortSignal,
): Promise<number> {
  await using started = await scenarios[name](burst, output, stop)
  const { environment } = started
  const script = join(home, 'scenarios', `${name}.ts`)
  const code = await runWhileAppsLive(script, { ...env, ...started.env }, environment.failed, stop)
  if (code !== 0 || addsUp(await proveLedger(environment.ctx.db))) return code
  output.say('BROKEN: the ledger does not add up')
  return 1
}

/** Rejects, when the script has ended, with the reason of `stop`, or why an app failed for good. */
async function runWhileAppsLive(
  script: string,
  env: Readonly<Record<string, string>>,
  appsFailed: Promise<never>,
  stop: AbortSignal,
): Promise<number> {
  stop.throwIfAborted()
  const failed = new AbortController()
  appsFailed.catch(() => failed.abort())
  const signal = AbortSignal.any([stop, failed.signal])
  const { code } = await runProgram(commandOf(script), { env, output: 'shown', signal })
  stop.throwIfAborted()
  return failed.signal.aborted ? appsFailed : code
}

/** By k6 where it is installed, else by the stand-in under Node. */
function commandOf(script: string): readonly [string, ...string[]] {
  const hasK6 = spawnSync('k6', ['version'], { stdio: 'ignore' }).status === 0
  if (hasK6) return ['k6', 'run', '--quiet', script]
  const source = join(home, 'src')
  return [process.execPath, '--import', join(source, 'hook.ts'), join(source, 'run.ts'), script]
}

function addsUp(ledger: LedgerProof): boolean {
  const differences = [
    ...Object.values(ledger.ledgerSumMinor),
    ...Object.values(ledger.escrowDifferenceMinor),
  ]
  return ledger.balanceMismatches === 0 && differences.every((amount) => amount === 0n)
}
