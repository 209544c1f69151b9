/** What a run found. Everything that went wrong counts as a failure, also what never became a test. */
export type Tally = { readonly passed: number; readonly failed: number }

export const nothing: Tally = { passed: 0, failed: 0 }

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed }
}

/** The line that every run ends with; tools read it. */
export function lastLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed`
}
