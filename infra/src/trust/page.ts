import { lineOf, type TrustCell, type TrustControl } from '@droplock/core/testing/trust-result'
import { promises } from './promises.ts'
import { hasFailed, type Part, sumUp } from './sum-up.ts'

/** docs/trust.md, of a run of all parts. */
export function trustPage(parts: readonly Part[], at: Date): string {
  const sum = sumUp(parts)
  const outcome =
    sum.failed.length === 0
      ? `It found ${sum.violations} violations, and noticed all ${sum.controls_caught} protections that were taken away on purpose.`
      : `**It failed**: ${sum.failed.join(', ')}.`
  return `${[
    '# What is promised, and how it is tested',
    `Written by \`npm run trust -- --write\` on ${at.toISOString().slice(0, 10)} from a run of ${minutes(sum.seconds)}; not edited by hand. Each part runs a share of what \`npm run trust -- NAME\` runs in full.`,
    `${outcome} ${sum.kills} real processes were killed or stopped; ${sum.simulated_faults} faults were injected in simulated worlds.`,
    summaryOf(parts),
    ...parts.flatMap(sectionOf),
  ].join('\n\n')}\n`
}

function summaryOf(parts: readonly Part[]): string {
  const head = [
    'part',
    'what it shows',
    'runs',
    'violations',
    'controls caught',
    'kills',
    'simulated faults',
    'time',
  ]
  return table(head, parts.map(rowOf))
}

const begin = '<!-- trust: written by `npm run trust -- --write` -->'
const end = '<!-- /trust -->'

/** README.md with the summary of a run in its place. Throws where it has no place for one. */
export function readmeWith(readme: string, parts: readonly Part[], at: Date): string {
  const [before, rest] = [readme.split(begin)[0], readme.split(end)[1]]
  if (before === undefined || rest === undefined || !readme.includes(begin))
    throw new Error('README.md has no place for the summary')
  const day = at.toISOString().slice(0, 10)
  return `${before}${begin}\n\nOf the run of ${day}:\n\n${summaryOf(parts)}\n\n${end}${rest}`
}

function rowOf({ name, result, seconds }: Part): readonly string[] {
  const shows = promises[name] ?? ''
  if (result === undefined) return [`\`${name}\``, shows, 'no result', '', '', '', '', minutes(seconds)]
  const line = lineOf(result)
  const caught = line.controls === 0 ? '' : `${line.controls_caught} of ${line.controls}`
  const figures = [line.runs, line.violations, caught, line.kills, line.simulated_faults].map(String)
  return [`\`${name}\``, shows, ...figures, minutes(seconds)]
}

function sectionOf(part: Part): readonly string[] {
  const { name, result } = part
  if (result === undefined) return [`## ${name}`, 'It ended without a result.']
  const { cells, controls = [] } = result
  return [
    `## ${name}`,
    ...(hasFailed(part) ? ['**It failed.**'] : []),
    table(['fault', 'steps', 'runs', 'violations'], byFault(cells)),
    ...(controls.length === 0 ? [] : [`Taken away on purpose: ${controls.map(wordsOf).join('; ')}.`]),
  ]
}

function wordsOf({ name, caught }: TrustControl): string {
  return `${name} (${caught ? 'noticed' : '**not noticed**'})`
}

/** Steps are named up to here; of more it is said how many they are. */
const STEPS_NAMED_MAX = 8

/** The steps of a fault together. */
function byFault(cells: readonly TrustCell[]): readonly (readonly string[])[] {
  return [...new Set(cells.map(({ fault }) => fault))].map((fault) => {
    const of = cells.filter((cell) => cell.fault === fault)
    const steps = [...new Set(of.map(({ step }) => step))]
    const runs = of.reduce((sum, cell) => sum + cell.runs, 0)
    const violations = of.reduce((sum, cell) => sum + cell.violations.length, 0)
    return [
      fault,
      steps.length > STEPS_NAMED_MAX ? `${steps.length} steps` : steps.join(', '),
      String(runs),
      String(violations),
    ]
  })
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(lineWith).join('\n')
}

function lineWith(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
