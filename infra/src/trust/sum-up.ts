import { holds, lineOf, type TrustResult } from '@droplock/core/testing/trust-result'

/** A part of a run: what it found, or undefined where it ended without saying so. */
export type Part = {
  readonly name: string
  readonly exitCode: number
  readonly result: TrustResult | undefined
  readonly seconds: number
}

/** What all parts showed together, as the last line of `npm run trust` says it. */
export type TrustSum = {
  readonly parts: number
  /** Parts that died, or said nothing of what they found. */
  readonly failed: readonly string[]
  readonly runs: number
  readonly violations: number
  readonly controls: number
  readonly controls_caught: number
  readonly kills: number
  readonly simulated_faults: number
  readonly seconds: number
}

const figures = ['runs', 'violations', 'controls', 'controls_caught', 'kills', 'simulated_faults'] as const

/** Adds the parts up. */
export function sumUp(parts: readonly Part[]): TrustSum {
  const lines = parts.flatMap(({ result }) => (result === undefined ? [] : [lineOf(result)]))
  const sums = Object.fromEntries(
    figures.map((figure) => [figure, lines.reduce((sum, line) => sum + line[figure], 0)]),
  ) as Record<(typeof figures)[number], number>
  return {
    parts: parts.length,
    failed: parts.filter(hasFailed).map(({ name }) => name),
    ...sums,
    seconds: Math.round(parts.reduce((sum, { seconds }) => sum + seconds, 0)),
  }
}

/** A part that reports nothing shows nothing, whatever its exit code. */
export function hasFailed({ exitCode, result }: Part): boolean {
  return exitCode !== 0 || result === undefined || !holds(lineOf(result))
}
