import { readOptions, UsageError } from '../processes/arguments.ts'
import type { BurstRule } from './lists.ts'
import { type ScenarioName, scenarios } from './scenarios.ts'

export type Arguments = {
  readonly name: ScenarioName
  /** Settings of the script, beside the addresses. */
  readonly env: Readonly<Record<string, string>>
  readonly burst: BurstRule
}

const usage = `usage: npm run loadtest -- NAME [options], one of: ${Object.keys(scenarios).join(', ')}
  of drop-burst:
  --names N             names that drop (500)
  --rate N              of them in a second (25)
  --visible-ms-max N    the threshold: 95 of 100 results are visible so soon after the registry's answer (1000)
  --stall-ms N          a fault: nothing can be settled for so long from the first drop on (0)`

const options = {
  names: { type: 'string' },
  rate: { type: 'string' },
  'visible-ms-max': { type: 'string' },
  'stall-ms': { type: 'string' },
} as const

/** More at the usual rate take longer than a load test may. */
const NAMES_MAX = 3_000
const RATE_MAX = 500
const MS_MAX = 60_000

/** Reads the command line. Throws `UsageError`. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = readOptions(usage, args, options)
  const [name, ...others] = positionals
  if (!isScenario(name) || others.length > 0) throw new UsageError(usage)
  const names = whole(values.names ?? '500', 1, NAMES_MAX)
  const namesPerSecond = whole(values.rate ?? '25', 1, RATE_MAX)
  const visibleMsMax = whole(values['visible-ms-max'] ?? '1000', 1, MS_MAX)
  const env = {
    NAMES: String(names),
    NAMES_PER_SECOND: String(namesPerSecond),
    VISIBLE_MS_MAX: String(visibleMsMax),
  }
  const stallMs = whole(values['stall-ms'] ?? '0', 0, MS_MAX)
  return { name, env, burst: { names, namesPerSecond, stallMs } }
}

function isScenario(name: string | undefined): name is ScenarioName {
  return name !== undefined && Object.hasOwn(scenarios, name)
}

function whole(text: string, min: number, max: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (number >= min && number <= max) return number
  throw new UsageError(`'${text}' is no whole number from ${min} to ${max}\n${usage}`)
}
