import type { DropDay } from '@droplock/core/order-of-service/read-drop-day'
import { unservedTexts } from '@droplock/rules/drop/unserved'
import type { Agreement, Judged } from './judge.ts'

export type Rehearsal = {
  readonly day: DropDay
  readonly settings: {
    readonly day: string | undefined
    readonly minutes: number
    readonly paceScale: number
    readonly rivals: number
    readonly seed: number
  }
  /** In the order of service. */
  readonly judged: readonly Judged[]
  /** How often our accounts broke a rule of the simulated registry. */
  readonly violations: number
  readonly seconds: number
}

/** The report as JSON: names and times, no customer. */
export function reportOf({ day, settings, judged, violations, seconds }: Rehearsal) {
  const count = (is: (one: Judged) => boolean) => judged.filter(is).length
  return {
    registry: day.registryId,
    profile: day.profile,
    accounts: day.contracts.length,
    ...settings,
    day: settings.day ?? 'tomorrow',
    seconds,
    violations,
    names: judged.length,
    expected_served: count(({ name }) => name.reason === undefined),
    served: count(({ isServed }) => isServed),
    caught: count(({ result }) => result === 'caught'),
    cut: count(({ result }) => result === 'cut'),
    agreement: {
      as_expected: count(agrees('as_expected')),
      better: count(agrees('better')),
      worse: count(agrees('worse')),
      not_compared: count(agrees('not_compared')),
    },
    results: judged.map((one) => ({
      position: one.name.position,
      name: one.name.name,
      ordered_at: one.name.orderedAt,
      drop_from: one.name.dropFrom,
      release_at: one.name.releaseAt,
      basis: one.name.basis,
      place: one.name.place,
      sharing: one.name.sharing,
      capacity: one.name.capacity,
      expected: one.name.reason ?? 'served',
      cautions: one.name.cautions,
      first_create_ms: one.firstCreateMs,
      creates: one.creates,
      result: one.result,
      agreement: one.agreement,
    })),
  }
}

const agrees =
  (agreement: Agreement) =>
  (one: Judged): boolean =>
    one.agreement === agreement

const COLUMNS = ['position', 'name', 'expected', 'first create', 'creates', 'result', 'agreement'] as const

/** The report as lines of text. */
export function writeReport(rehearsal: Rehearsal): readonly string[] {
  const { names, served, expected_served: expected, caught, cut, agreement, violations } = reportOf(rehearsal)
  const rows = rehearsal.judged.map(({ name, firstCreateMs, creates, result, agreement: agreed }) => [
    String(name.position),
    name.name,
    name.reason ?? 'served',
    firstCreateMs === null ? '-' : `${firstCreateMs} ms`,
    String(creates),
    result,
    agreed.replaceAll('_', ' '),
  ])
  const reasons = new Set(rehearsal.judged.flatMap(({ name }) => name.reason ?? []))
  return [
    ...table([[...COLUMNS], ...rows]),
    '',
    `${names} names: ${expected} expected to be served, ${served} served, ${caught} caught, ${cut} cut because the time was not enough`,
    `agreement: ${agreement.as_expected} as expected, ${agreement.better} better, ${agreement.worse} worse, ${agreement.not_compared} not compared`,
    ...[...reasons].map((reason) => `${reason}: ${unservedTexts[reason]}`),
    ...(violations === 0 ? [] : [`${violations} violations of limits: this must not happen`]),
  ]
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
