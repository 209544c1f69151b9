import type { ListSource } from '../api/types.ts'
import { secondsText } from '../format/duration.ts'
import { formatName } from '../syncs/format-names.ts'

const percent = (value: number | undefined) => (value === undefined ? 'Limit of the registry' : `${value} %`)

export const scopeKinds = { snapshot: 'Complete list', increment: 'Partial list' } as const

/** The terms of a source as they are shown, and compared when another person has changed them. */
export const sourceFields: readonly (readonly [label: string, text: (source: ListSource) => string])[] = [
  ['Address', ({ address }) => address],
  ['Format', ({ format }) => (format === undefined ? 'Detected from each list' : formatName(format))],
  ['Scope', ({ scope_kind }) => (scope_kind === undefined ? 'As the format says' : scopeKinds[scope_kind])],
  ['Time zone', ({ time_zone }) => time_zone ?? 'UTC'],
  [
    'Expected by',
    ({ expected_by }) => (expected_by === undefined ? 'Any time' : `${expected_by} local time`),
  ],
  ['Allowance', ({ late_allowance_seconds }) => secondsText(late_allowance_seconds ?? 0)],
  [
    'Late without a new list for',
    ({ late_after_seconds }) =>
      late_after_seconds === undefined ? 'Never late' : secondsText(late_after_seconds),
  ],
  [
    'Time between two tries',
    ({ poll_seconds }) => (poll_seconds === undefined ? 'As the worker is set' : secondsText(poll_seconds)),
  ],
  ['Precedence', ({ precedence }) => String(precedence ?? 0)],
  ['Credentials', ({ credentials }) => credentials ?? 'None'],
  ['Held back above, missing names', ({ suspected_percent_max }) => percent(suspected_percent_max)],
  ['Held back above, moved names', ({ moved_percent_max }) => percent(moved_percent_max)],
  ['Held back below, rows', ({ rows_percent_min }) => percent(rows_percent_min)],
]
