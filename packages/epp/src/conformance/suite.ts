import assert from 'node:assert/strict'
import type { Answer, Answered } from '@droplock/rules/ports/registrar'

/** The answer. Throws when there was none. */
export function answered<Data>(answer: Answer<Data>): Answered<Data> {
  if (answer.kind !== 'answered') assert.fail(`${answer.kind}: ${answer.reason}`)
  return answer
}

/** The answer's data. Throws when it was refused, or carried none. */
export function dataOf<Data>(answer: Answer<Data>): NonNullable<Data> {
  const { code, message, data } = answered(answer)
  if (data === undefined || data === null) assert.fail(`no data came with ${code} ${message}`)
  return data
}

/** Throws unless the command was carried out. */
export function done(answer: Answer<unknown>): void {
  const { code, message } = answered(answer)
  if (code !== 1000) assert.fail(`it was answered with ${code} ${message}`)
}

/** As much of a test runner as is needed. */
export type SuiteRunner = {
  test(name: string, run: () => Promise<void>): void
  /** A case that this registry, or this set-up, can't serve. Must be visible in the result. */
  skip?(name: string, why: string): void
}

/** One case, and what it needs beyond a registry that takes domains. */
export type Case<World, Need extends string> = {
  readonly needs?: Need
  readonly run: (world: World) => Promise<void>
}

type Ending = { readonly registrar: { close(): Promise<void> }; stop(): Promise<void> }

/** Runs every case on a world of its own, and says of those that were left out why. */
export function runCases<World extends Ending, Need extends string>(
  { test, skip }: SuiteRunner,
  cases: Readonly<Record<string, Case<World, Need>>>,
  open: () => Promise<World>,
  without: ReadonlySet<Need>,
): void {
  for (const [name, { needs, run }] of Object.entries(cases)) {
    if (needs !== undefined && without.has(needs)) {
      skip?.(name, `needs ${needs}`)
      continue
    }
    test(name, async () => {
      const world = await open()
      try {
        await run(world)
      } finally {
        await world.registrar.close()
        await world.stop()
      }
    })
  }
}
