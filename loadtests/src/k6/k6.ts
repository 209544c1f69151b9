import { setTimeout as wait } from 'node:timers/promises'
import type { Tags } from './context.ts'
import { defineMetric, record } from './metrics.ts'

/** Whether everything asked of `value` holds; each answer counts in the metric `checks`, tagged with its name. */
export function check<Value>(
  value: Value,
  sets: Readonly<Record<string, (value: Value) => boolean>>,
  tags: Tags = {},
): boolean {
  const checks = defineMetric('checks', 'rate')
  let all = true
  for (const [name, holds] of Object.entries(sets)) {
    const held = Boolean(holds(value))
    record(checks, Number(held), { ...tags, check: name })
    all &&= held
  }
  return all
}

/**
 * Waits. k6 stops its virtual user; here they share one thread, so a script writes `await sleep(…)`, which both understand.
 */
export function sleep(seconds: number): Promise<void> {
  return wait(seconds * 1_000)
}

/** Ends the iteration with an error. */
export function fail(reason = 'the script failed the iteration'): never {
  throw new Error(reason)
}

/** Runs a part of the script under a name. */
export function group<Result>(_name: string, part: () => Result): Result {
  return part()
}

export default { check, sleep, fail, group }
