import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { type LedgerProof, proveLedger } from '@droplock/core/ledger/prove'
import type { Environment } from '../environment/environment.ts'
import { ourClid } from '../environment/registries.ts'
import type { Output } from '../launch/output.ts'
import { repositoryRoot, stateFolder } from '../paths.ts'
import { runProgram } from '../processes/run-program.ts'
import { addReseller } from '../seed/accounts.ts'
import type { Arguments } from './arguments.ts'
import { type Started, scenarios } from './scenarios.ts'
import { runWithSideCar, sideCarEnv } from './side-car.ts'
import { takePicture } from './take-picture.ts'

const scripts = join(repositoryRoot, 'loadtests', 'scenarios')
const source = join(repositoryRoot, 'loadtests', 'src')

/** By k6 where it is installed, else by the stand-in under Node. */
type Engine = 'k6' | 'stand-in'

/**
 * Runs one scenario against apps and a database of its own, on loopback. The database syncs its commits to disk like a real
 * one. Writes a report. Resolves with the exit code: 0, 99 when a threshold is crossed, 98 when the generator was at its limit
 * and the run is no result, or 1 when the ledger does not add up afterwards. Rejects when something does not start or fails
 * for good, or `stop` aborts. Leaves nothing running.
 */
export async function runLoadtest(args: Arguments, output: Output, stop: AbortSignal): Promise<number> {
  const engine = findEngine()
  output.say(
    engine === 'k6' ? 'k6 runs the script' : 'k6 is not on the path: its stand-in under Node runs the script',
  )
  const { name, rule } = args
  const startedAt = new Date()
  const folder = makeFolder(name, startedAt)
  await using started = await scenarios[name].start(rule, output, stop)
  const { environment, names } = started
  const keys = await addResellers(environment, rule.accounts)
  writeFileSync(join(folder, 'data.json'), JSON.stringify({ keys, names }))
  const { MIX: mix } = args.env
  const run = { loadtest: name, mix, engine, startedAt, rule, machine: describeMachine() }
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run))

  const env = { ...args.env, ...environmentOf(started, folder) }
  const sideCar = { ...env, ...(await sideCarEnv(started, keys, rule.streams)) }
  const watched = { folder, env: sideCar, appsFailed: environment.failed, stop }
  const code = await runWithSideCar(watched, (url, signal) =>
    runProgram(commandOf(engine, folder, name), {
      env: { ...env, SIDE_CAR: url },
      output: 'shown',
      signal,
    }),
  )
  // A script that could not run has said why, and left nothing to report.
  if (!existsSync(join(folder, 'summary.json'))) return code || 1
  await keepTruth(started, folder)
  const isWell = (await started.judge?.()) ?? true
  const isSound = addsUp(await proveLedger(environment.ctx.db))
  if (!isSound) output.say('BROKEN: the ledger does not add up')
  const path = join(folder, 'report.html')
  const report = [process.execPath, join(source, 'report.ts'), folder] as const
  const { code: reported } = await runProgram(report, { env, output: 'shown', signal: stop })
  output.say(`the report: ${path}`)
  if (args.picture !== undefined) await takePicture(path, args.picture)
  if (code !== 0 && code !== thresholdsCode) return code
  return isSound && isWell ? reported || code : 1
}

const thresholdsCode = 99

/** Runs that are kept, with their reports. */
const RUNS_KEPT_MAX = 30

/** The folder of a run, by when it began. The oldest ones go. */
function makeFolder(name: string, startedAt: Date): string {
  const home = join(stateFolder, 'loadtests')
  const folder = join(home, `${startedAt.toISOString().replaceAll(/[:.]/g, '-')}-${name}`)
  mkdirSync(folder, { recursive: true })
  for (const old of readdirSync(home).toSorted().slice(0, -RUNS_KEPT_MAX))
    rmSync(join(home, old), { recursive: true, force: true })
  return folder
}

function findEngine(): Engine {
  return spawnSync('k6', ['version'], { stdio: 'ignore' }).status === 0 ? 'k6' : 'stand-in'
}

function commandOf(engine: Engine, folder: string, name: string): readonly [string, ...string[]] {
  const script = join(scripts, `${name}.ts`)
  if (engine === 'k6')
    return ['k6', 'run', '--quiet', '--out', `json=${join(folder, 'samples.json.gz')}`, script]
  return [process.execPath, '--import', join(source, 'hook.ts'), join(source, 'run.ts'), script]
}

/** What a script and its engine are told. */
function environmentOf({ environment, registryId }: Started, folder: string) {
  const operator = environment.staff.find(({ roles }) => roles.includes('operator'))
  return {
    GATEWAY: environment.urlOf('gateway'),
    CONSOLE: environment.urlOf('console-api'),
    STAFF_EMAIL: operator?.email ?? '',
    STAFF_PASSWORD: operator?.password ?? '',
    DATA_FILE: join(folder, 'data.json'),
    SUMMARY_FILE: join(folder, 'summary.json'),
    SECONDS_FILE: join(folder, 'seconds.jsonl'),
    RUN_FOLDER: folder,
    ...(registryId !== undefined && {
      REGISTRY: `${environment.urlOf('registry-sim')}/registries/${registryId}`,
      CLID: ourClid,
    }),
  }
}

/** Accounts beside those of the demo, each with money for thousands of names. */
const BALANCE_MINOR = 1_000_000_000n

async function addResellers({ ctx, resellers }: Environment, count: number): Promise<readonly string[]> {
  const keys = resellers.slice(0, count).map(({ apiKey }) => apiKey)
  while (keys.length < count) {
    const name = `Reseller ${keys.length + 1}`
    const { apiKey } = await addReseller(ctx, { name, currency: 'USD', balanceMinor: BALANCE_MINOR })
    keys.push(apiKey)
  }
  return keys
}

/** What really happened at the registry, for the report. */
async function keepTruth({ environment, registryId }: Started, folder: string): Promise<void> {
  if (registryId === undefined) return
  const response = await fetch(`${environment.urlOf('registry-sim')}/registries/${registryId}/truth`)
  writeFileSync(join(folder, 'truth.jsonl'), await response.text())
}

function describeMachine() {
  const [first] = cpus()
  return {
    cores: cpus().length,
    processor: first?.model ?? '',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
}

function addsUp(ledger: LedgerProof): boolean {
  const differences = [
    ...Object.values(ledger.ledgerSumMinor),
    ...Object.values(ledger.escrowDifferenceMinor),
  ]
  return ledger.balanceMismatches === 0 && differences.every((amount) => amount === 0n)
}
