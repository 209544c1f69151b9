import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { printTrust, TRUST_RESULT_FILE, type TrustResult } from './trust-result.ts'

const repositoryRoot = join(import.meta.dirname, '..', '..', '..', '..')

/** How a part of `npm run trust` is run: `[FIGURE] [--seed N] [--share]`, and options of its own. */
export type TrustArguments<Own extends string> = {
  /** How much of its own kind the part does: as given, else a share of it where all parts run, else all of it. */
  readonly figure: number
  readonly isShare: boolean
  /** Repeats a run. */
  readonly seed: number
  readonly options: Readonly<Record<Own, string>>
}

/** Reads the arguments of a part; `own` are its own options with what they are by default. Throws for anything else. */
export function readTrustArguments<Own extends string = never>(
  figures: { readonly share: number; readonly full: number },
  own?: Readonly<Record<Own, string>>,
): TrustArguments<Own> {
  const ownOptions = Object.entries<string>(own ?? {}).map(
    ([name, value]) => [name, { type: 'string', default: value }] as const,
  )
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(ownOptions),
      seed: { type: 'string', default: '1' },
      share: { type: 'boolean', default: false },
    },
  })
  const { seed, share: isShare, ...options } = values
  return {
    figure: numberOf(positionals[0] ?? (isShare ? figures.share : figures.full)),
    isShare,
    seed: numberOf(seed),
    // Each has a default, so that each is there.
    options: options as Readonly<Record<Own, string>>,
  }
}

function numberOf(text: string | number): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`${text} is no whole number`)
  return number
}

/** Runs a test by vitest with other settings than `npm test` does. It reports by `reportTrust`. Sets the exit code. */
export function runTrustTest(
  project: string,
  file: string,
  settings: Readonly<Record<string, string | number>>,
): void {
  const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const texts = Object.entries(settings).map(([name, value]) => [name, String(value)] as const)
  // Its console is written as it comes, so that a long run is followed.
  const options = ['--disable-console-intercept=true', '--project', project]
  const child = spawn(process.execPath, [vitest, 'run', ...options, file], {
    cwd: repositoryRoot,
    env: { ...process.env, ...Object.fromEntries(texts) },
    stdio: 'inherit',
  })
  child.once('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

/** Prints what a test found, where `npm run trust` runs it. The test itself decides whether it fails. */
export function reportTrust(result: TrustResult): void {
  if (process.env[TRUST_RESULT_FILE] !== undefined) printTrust(result)
}
