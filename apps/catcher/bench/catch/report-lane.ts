import { quantile, type Report } from '@droplock/core/bench/support/measure'
import type { LanePlan } from './lane.ts'
import type { Result, Use } from './measure.ts'
import { RIVALS, type Scenario, type ScenarioName, scenarios } from './scenarios.ts'

const FAIR_SHARE = 1 / (RIVALS.length + 1)
/** Above the optimum, at most a round trip; at short distances this. Milliseconds. */
const EXCESS_MS_MIN = 3
const INFO_SHARE_MAX = 0.05
/** What the machine may add to a round trip. Above this it is too busy with other work, and the figures say nothing. Milliseconds. */
const ADDED_MS_MAX = 5
/** What a name counts for which no create of ours arrived after its release. Milliseconds. */
const UNTRIED_MS = 10_000

/** Prints what a sender achieved in all rounds of a scenario at one distance. Returns its share of the contested names. */
export function reportLane(
  report: Report,
  name: ScenarioName,
  { sender, roundTripMs }: Pick<LanePlan, 'sender' | 'roundTripMs'>,
  results: readonly Result[],
): number {
  const scenario: Scenario = scenarios[name]
  const isOurs = sender === 'catcher'
  const sum = (of: (result: Result) => number) => results.reduce((total, each) => total + of(each), 0)
  const put = (
    metric: string,
    value: number,
    unit: string,
    aim?: { readonly min?: number; readonly max?: number },
  ) => report(`${name}_${roundTripMs}ms_${sender}_${metric}`, value, unit, isOurs ? aim : undefined)
  const share = sum(({ won }) => won) / sum(({ contested }) => contested)
  put('win_share', share, 'share')
  put(
    'round_trip',
    quantile(
      results.map((result) => result.roundTripMs),
      0.5,
    ),
    'ms',
    { max: roundTripMs + ADDED_MS_MAX },
  )
  const { fairRatioMin, isExact } = scenario
  put(
    'fair_ratio',
    share / FAIR_SHARE,
    'ratio',
    fairRatioMin === undefined ? undefined : { min: fairRatioMin },
  )
  const delays = results.flatMap((result) => result.delays)
  const late = capped(delays.map(({ delayMs }) => delayMs))
  const excess = capped(delays.map(({ excessMs }) => excessMs))
  put('first_create_p50', quantile(late, 0.5), 'ms')
  put('first_create_p99', quantile(late, 0.99), 'ms')
  put('above_optimum_p50', quantile(excess, 0.5), 'ms')
  const excessMax = { max: Math.max(EXCESS_MS_MIN, roundTripMs) }
  put('above_optimum_p99', quantile(excess, 0.99), 'ms', isExact ? excessMax : undefined)
  put('untried_share', late.filter((delayMs) => delayMs === UNTRIED_MS).length / late.length, 'share')
  put('too_early_per_name', sum(({ tooEarly }) => tooEarly) / late.length, 'creates')
  put('too_late_per_name', sum(({ tooLate }) => tooLate) / late.length, 'creates')
  // The aim is for the time in which creates are sent, where an `info` takes the place of one. Preparation is not counted: it asks about each
  // name before the first window, when a create could win nothing. `info_share_in_all` has it too.
  put('info_share', infoShare(results.map(({ inWindow }) => inWindow)), 'share', { max: INFO_SHARE_MAX })
  put('info_share_in_all', infoShare(results.map(({ inAll }) => inAll)), 'share')
  put(
    'violations',
    sum(({ violations }) => violations),
    'count',
    { max: 0 },
  )
  put(
    'rivals_violations',
    sum(({ rivalsViolations }) => rivalsViolations),
    'count',
  )
  return share
}

function capped(values: readonly number[]): readonly number[] {
  return values.map((value) => Math.min(value, UNTRIED_MS))
}

function infoShare(uses: readonly Use[]): number {
  const commands = uses.reduce((sum, use) => sum + use.commands, 0)
  const infos = uses.reduce((sum, use) => sum + use.infos, 0)
  return commands === 0 ? 0 : infos / commands
}
