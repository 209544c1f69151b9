import { appendFileSync } from 'node:fs'

/** One fault at one step, tried `runs` times. */
export type TrustCell = {
  readonly fault: string
  readonly step: string
  readonly runs: number
  /** What contradicts a promise, in words; the first ones are printed. */
  readonly violations: readonly string[]
}

/** A protection that was taken away on purpose: the same checks must find that it is missing. */
export type TrustControl = { readonly name: string; readonly caught: boolean }

/** What a part of `npm run trust` has found. */
export type TrustResult = {
  readonly trust: string
  readonly cells: readonly TrustCell[]
  readonly controls?: readonly TrustControl[]
  /** Real processes that were killed or stopped by a signal. */
  readonly kills?: number
  /** Faults in a simulated world, which are counted apart from real ones. */
  readonly simulatedFaults?: number
  /** Repeats the run. */
  readonly seed?: number
}

/** The same as one line of JSON: what `npm run trust` adds up. */
export type TrustLine = {
  readonly trust: string
  readonly runs: number
  readonly violations: number
  readonly controls: number
  readonly controls_caught: number
  readonly kills: number
  readonly simulated_faults: number
  readonly seed?: number
}

/** The figures of a part. */
export function lineOf({ trust, cells, controls = [], kills = 0, ...rest }: TrustResult): TrustLine {
  return {
    trust,
    runs: cells.reduce((sum, { runs }) => sum + runs, 0),
    violations: cells.reduce((sum, { violations }) => sum + violations.length, 0),
    controls: controls.length,
    controls_caught: controls.filter(({ caught }) => caught).length,
    kills,
    simulated_faults: rest.simulatedFaults ?? 0,
    ...(rest.seed !== undefined && { seed: rest.seed }),
  }
}

/** Whether a part shows what it promises: it ran, found nothing wrong, and noticed every protection that was taken away. */
export function holds({ runs, violations, controls, controls_caught }: TrustLine): boolean {
  return runs > 0 && violations === 0 && controls_caught === controls
}

/** Violations printed of a cell; more of them are usually the same. */
const VIOLATIONS_SHOWN_MAX = 5

/** The file that `npm run trust` reads the result of a part from, however the part is run. */
export const TRUST_RESULT_FILE = 'DROPLOCK_TRUST_RESULT_FILE'

/** Prints a part's table (fault × step → runs, violations), its controls and its line, and sets the exit code. */
export function printTrust(result: TrustResult): void {
  const line = lineOf(result)
  const text = [
    ...tableOf(result.cells),
    ...result.cells.flatMap(({ fault, step, violations }) =>
      violations.slice(0, VIOLATIONS_SHOWN_MAX).map((what) => `VIOLATION  ${fault}, ${step}: ${what}`),
    ),
    ...(result.controls ?? []).map(
      ({ name, caught }) => `control ${caught ? 'caught' : 'NOT CAUGHT'}: ${name}`,
    ),
    JSON.stringify(line),
  ].join('\n')
  // A test runner may hold back what its tests print by the console.
  process.stdout.write(`\n${text}\n`)
  const file = process.env[TRUST_RESULT_FILE]
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(result)}\n`)
  if (!holds(line)) process.exitCode = 1
}

function tableOf(cells: readonly TrustCell[]): readonly string[] {
  const rows = [
    ['fault', 'step', 'runs', 'violations'],
    ...cells.map(({ fault, step, runs, violations }) => [
      fault,
      step,
      String(runs),
      String(violations.length),
    ]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((text, column) =>
        column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
}
