import assert from 'node:assert/strict'
import type { Answer, Answered } from '@droplock/rules/ports/registrar'

/** The answer. Throws when there is none. */
export function answered<Data>(answer: Answer<Data>): Answered<Data> {
  if (answer.kind !== 'answered') assert.fail(`${answer.kind}: ${answer.reason}`)
  return answer
}

/** The answer's data. Throws when the command was refused or the answer has no data. */
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

/** The parts of a test runner that the suites need. */
export type SuiteRunner = {
  test(name: string, run: () => Promise<void>): void
  /** A case that this registry or set-up can't run. It must be visible in the result. */
  skip?(name: string, why: string): void
}

/** One case, and what it needs beyond a registry that registers domains. */
export type Case<World, Need extends string> = {
  readonly needs?: Need
  readonly run: (world: World) => Promise<void>
}

type Ending = { readonly registrar: { close(): Promise<void> }; stop(): Promise<void> }

/** Runs every case on a new world, and reports why a case was skipped. */
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
