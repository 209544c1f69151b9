import { readNumber, readOptions, readWhole, UsageError } from '../processes/arguments.ts'

export type Arguments = {
  readonly registryId: string
  /** `YYYY-MM-DD`, by the time zone of each zone; left out: tomorrow. */
  readonly day: string | undefined
  readonly minutes: number
  /** By this factor windows without known instants are longer, or shorter. */
  readonly paceScale: number
  readonly rivals: number
  readonly seed: number
  /** Where the report is written as JSON. */
  readonly out: string | undefined
}

const usage = `usage: npm run rehearse -- --registry ID [options]
  --day YYYY-MM-DD      drops of this local day; left out: tomorrow
  --minutes N           what does not fit into this time is cut (15)
  --pace-scale N        windows of names that are released at any moment last N times as long (1)
  --rivals N            simulated rivals with the limits of our first account (0)
  --seed N              of the order and the moments of release that nobody knows yet (1)
  --out FILE            the report as JSON`

const options = {
  registry: { type: 'string' },
  day: { type: 'string' },
  minutes: { type: 'string' },
  'pace-scale': { type: 'string' },
  rivals: { type: 'string' },
  seed: { type: 'string' },
  out: { type: 'string' },
} as const

const MINUTES_DEFAULT = 15
const MINUTES_MAX = 24 * 60
const SCALE_MIN = 0.01
const SCALE_MAX = 100
const RIVALS_MAX = 20
const SEED_MAX = 999_999

/** Reads the command line. Throws `UsageError`. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = readOptions(usage, args, options)
  const { registry: registryId, day, out } = values
  if (registryId === undefined || positionals.length > 0) throw new UsageError(usage)
  if (day !== undefined && !isDate(day)) throw new UsageError(`'${day}' is no date\n${usage}`)
  return {
    registryId,
    day,
    minutes: readNumber(usage, values.minutes, { otherwise: MINUTES_DEFAULT, min: 0.5, max: MINUTES_MAX }),
    paceScale: readNumber(usage, values['pace-scale'], { otherwise: 1, min: SCALE_MIN, max: SCALE_MAX }),
    rivals: readWhole(usage, values.rivals, { otherwise: 0, min: 0, max: RIVALS_MAX }),
    seed: readWhole(usage, values.seed, { otherwise: 1, min: 0, max: SEED_MAX }),
    out,
  }
}

function isDate(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
