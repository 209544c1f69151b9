import { type ClusterFault, clusterFaults } from '../cluster/faults.ts'
import { readNumber, readOptions, readWhole, UsageError } from '../processes/arguments.ts'
import { type RunRule, type ScenarioName, scenarios } from './scenarios.ts'

export type Arguments = {
  readonly name: ScenarioName
  /** Settings of the script, beside the addresses. */
  readonly env: Readonly<Record<string, string>>
  readonly rule: RunRule
  /** Where a picture of the report is wanted. */
  readonly picture: string | undefined
}

const usage = `usage: npm run loadtest -- NAME [options], one of: ${Object.keys(scenarios).join(', ')}
  --rate N              requests due in a second; of drop-burst, names that drop in a second
  --names N             names of the scenario's own drop list
  --minutes N           how long it lasts, also 0.5 (cutoff and drop-burst: as long as their names take)
  --mix NAME            of steady: day (as it says), or reads, most of them of one name or order
  --accounts N          resellers
  --streams N           streams of events that are held open
  --answer-ms-max N     the threshold: 95 of 100 answers come so soon after their request was due
  --visible-ms-max N    the threshold: 95 of 100 results are visible so soon after the registry's answer
  --growth-max N        the threshold of soak: by so much of itself the memory of an app may grow
  --drift-max N         the threshold of soak: as a multiple of those near its start, answers may take at its end
  --stall-ms N          a fault in drop-burst: nothing can be settled for so long from the first drop on
  --cluster FAULT       of drop-burst: on a cluster, with a fault of the database in its middle: none, ${clusterFaults.join(', ')}
  --picture FILE        a picture of the report
  --accept-busy         take the figures also when the load generator was at its limit: for tests`

const options = {
  rate: { type: 'string' },
  names: { type: 'string' },
  minutes: { type: 'string' },
  accounts: { type: 'string' },
  mix: { type: 'string' },
  streams: { type: 'string' },
  'answer-ms-max': { type: 'string' },
  'visible-ms-max': { type: 'string' },
  'growth-max': { type: 'string' },
  'drift-max': { type: 'string' },
  'stall-ms': { type: 'string' },
  cluster: { type: 'string' },
  picture: { type: 'string' },
  'accept-busy': { type: 'boolean' },
} as const

const NAMES_MAX = 200_000
const RATE_MAX = 20_000
const MINUTES_MAX = 24 * 60
const ACCOUNTS_MAX = 1_000
const STREAMS_MAX = 1_000
const MS_MAX = 60_000
const SHARE_MAX = 100
const SECONDS_PER_MINUTE = 60

/** Reads the command line. Throws `UsageError`. */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = readOptions(usage, args, options)
  const [name, ...others] = positionals
  if (!isScenario(name) || others.length > 0) throw new UsageError(usage)
  const { namesOf, secondsOf } = scenarios[name]
  const cluster = values.cluster === undefined ? undefined : faultOf(name, values.cluster)
  const defaults = { ...scenarios[name].defaults, ...(cluster !== undefined && clusterDefaults) }
  const perSecond = whole(values.rate, defaults.perSecond, 1, RATE_MAX)
  const minutes = numberWithin(values.minutes, defaults.seconds / SECONDS_PER_MINUTE, 0.01, MINUTES_MAX)
  const secondsAsked = Math.ceil(SECONDS_PER_MINUTE * minutes)
  const names = whole(values.names, namesOf(perSecond, secondsAsked), 1, NAMES_MAX)
  const seconds = secondsOf?.(perSecond, names) ?? secondsAsked
  const rule: RunRule = {
    perSecond,
    seconds,
    names,
    accounts: whole(values.accounts, defaults.accounts, 1, ACCOUNTS_MAX),
    streams: whole(values.streams, defaults.streams, 0, STREAMS_MAX),
    stallMs: whole(values['stall-ms'], 0, 0, MS_MAX),
    cluster,
  }
  const env = {
    RATE: String(rule.perSecond),
    SECONDS: String(rule.seconds),
    ...(rule.cluster !== undefined && clusterEnv),
    ...(values.mix !== undefined && { MIX: mixOf(values.mix) }),
    ...given('ANSWER_MS_MAX', values['answer-ms-max'], 1, MS_MAX),
    ...given('VISIBLE_MS_MAX', values['visible-ms-max'], 1, MS_MAX),
    ...given('LISTED_MS_MAX', values['visible-ms-max'], 1, MS_MAX),
    ...given('GROWTH_MAX', values['growth-max'], 0, SHARE_MAX),
    ...given('DRIFT_MAX', values['drift-max'], 0, SHARE_MAX),
    ...(values['accept-busy'] === true && { ACCEPT_BUSY_GENERATOR: '1' }),
  }
  return { name, env, rule, picture: values.picture }
}

/** Orders are placed before, in and after the fault in the middle: the last of them 60 seconds before the last drop. */
const clusterDefaults = { perSecond: 5, seconds: 180 } as const

/** Orders go on during the drop, clients repeat what was not answered, and how late answers are is measured apart. */
const clusterEnv = {
  ORDERED_LATE: '1',
  PATIENCE_MS: '90000',
  ANSWER_MS_MAX: '60000',
  VISIBLE_MS_MAX: '60000',
} as const

function faultOf(name: ScenarioName, text: string): ClusterFault | 'none' {
  const fault = (['none', ...clusterFaults] as const).find((one) => one === text)
  if (fault !== undefined && name === 'drop-burst') return fault
  throw new UsageError(`'${text}' is no fault of the database of ${name}\n${usage}`)
}

function mixOf(text: string): string {
  if (text === 'day' || text === 'reads') return text
  throw new UsageError(`'${text}' is no mix\n${usage}`)
}

function isScenario(name: string | undefined): name is ScenarioName {
  return name !== undefined && Object.hasOwn(scenarios, name)
}

/** A setting that the script has a default for. */
function given(variable: string, text: string | undefined, min: number, max: number) {
  return text === undefined ? {} : { [variable]: String(numberWithin(text, min, min, max)) }
}

function whole(text: string | undefined, otherwise: number, min: number, max: number): number {
  return readWhole(usage, text, { otherwise, min, max })
}

function numberWithin(text: string | undefined, otherwise: number, min: number, max: number): number {
  return readNumber(usage, text, { otherwise, min, max })
}
