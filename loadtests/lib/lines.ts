export type Metrics = Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>

/** One figure of a load test as a JSON line, as the benches print theirs. Rounded to two decimals. */
export function line(loadtest: string, metric: string, value: number | undefined, unit: string): string {
  return `${JSON.stringify({ loadtest, metric, value: Math.round((value ?? 0) * 100) / 100, unit })}\n`
}
