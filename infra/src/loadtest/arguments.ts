import { parseArgs } from 'node:util'
import { type ScenarioName, scenarioNames } from './scenarios.ts'
import type { BurstRule } from './world.ts'

export type Arguments = {
  readonly name: ScenarioName
  /** What the script is told beside where everything is. */
  readonly env: Readonly<Record<string, string>>
  readonly burst: BurstRule
}

const usage = `usage: npm run loadtest -- NAME [options], one of: ${scenarioNames.join(', ')}
  of drop-burst:
  --names N             names that drop (500)
  --rate N              of them in a second (25)
  --visible-ms-max N    the threshold: 95 of 100 results are visible so soon after the registry's answer (1000)
  --stall-ms N          a fault: nothing can be settled for so long from the first drop on (0)`

/** More at the usual rate take longer than a load test may. */
const namesMax = 3_000
const rateMax = 500
const msMax = 60_000

/** Reads the command line. Throws, with the usage, when it makes no sense. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args)
  const [name, ...others] = positionals
  const known = scenarioNames.find((each) => each === name)
  if (known === undefined || others.length > 0) throw new Error(usage)
  const names = whole(values.names ?? '500', 1, namesMax)
  const namesPerSecond = whole(values.rate ?? '25', 1, rateMax)
  const visibleMsMax = whole(values['visible-ms-max'] ?? '1000', 1, msMax)
  const env = {
    NAMES: String(names),
    NAMES_PER_SECOND: String(namesPerSecond),
    VISIBLE_MS_MAX: String(visibleMsMax),
  }
  const stallMs = whole(values['stall-ms'] ?? '0', 0, msMax)
  return { name: known, env, burst: { names, namesPerSecond, stallMs } }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        names: { type: 'string' },
        rate: { type: 'string' },
        'visible-ms-max': { type: 'string' },
        'stall-ms': { type: 'string' },
      },
    })
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause })
  }
}

function whole(text: string, min: number, max: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (number >= min && number <= max) return number
  throw new Error(`'${text}' is no whole number from ${min} to ${max}\n${usage}`)
}
