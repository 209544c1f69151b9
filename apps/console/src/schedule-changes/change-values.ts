import { secondsOf } from '../format/duration.ts'
import { instantOfUtc } from '../format/time.ts'
import type { actionNames } from './change-texts.ts'

/** What is typed in the form of a new change. */
export type ChangeValues = {
  readonly zone: string
  readonly registryId: string
  readonly dropDate: string
  readonly from: string
  readonly to: string
  readonly names: string
  readonly state: string
  readonly held: string
  readonly overridden: string
  readonly skippedOf: string
  readonly kind: keyof typeof actionNames
  readonly amount: string
  readonly direction: 'later' | 'earlier'
  readonly dropFrom: string
  readonly dropTo: string
  readonly cutoff: string
}

const empty: ChangeValues = {
  zone: '',
  registryId: '',
  dropDate: '',
  from: '',
  to: '',
  names: '',
  state: '',
  held: '',
  overridden: '',
  skippedOf: '',
  kind: 'shift',
  amount: '1 h',
  direction: 'later',
  dropFrom: '',
  dropTo: '',
  cutoff: '',
}

/** The form with what the address says, as links from a calendar or an earlier change do. */
export function valuesOfAddress(query: URLSearchParams): ChangeValues {
  const given = Object.fromEntries(Object.keys(empty).map((key) => [key, query.get(key)]))
  return {
    ...empty,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
  }
}

/** The address of the form with these members filled in. */
export function newChangeLink(values: Partial<ChangeValues>): string {
  return `/schedule-changes/create?${new URLSearchParams(values)}`
}

/** The names in a text of lines, commas or blanks. */
export function namesIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '')
}

/** Whether the filter names something: the server refuses a change of everything. */
export function isNarrow(values: ChangeValues): boolean {
  const { zone, registryId, dropDate, from, to, skippedOf } = values
  return (
    [zone, registryId, dropDate, from, to, skippedOf].some((text) => text !== '') ||
    namesIn(values.names).length > 0
  )
}

/** The change as the API takes it. */
export function commandOf(values: ChangeValues): object {
  return { action: actionOf(values), filter: filterOf(values) }
}

function filterOf(values: ChangeValues): object {
  const names = namesIn(values.names)
  const filter = {
    zone: values.zone,
    registry_id: values.registryId,
    drop_date: values.dropDate.trim(),
    from: instantOfUtc(values.from),
    to: instantOfUtc(values.to),
    names: names.length === 0 ? undefined : names,
    state: values.state,
    held: flagOf(values.held),
    overridden: flagOf(values.overridden),
    skipped_of: values.skippedOf,
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '' && value !== undefined))
}

function flagOf(text: string): boolean | undefined {
  return text === '' ? undefined : text === 'true'
}

function actionOf(values: ChangeValues): object {
  const { kind } = values
  switch (kind) {
    case 'shift':
      return { kind, seconds: (values.direction === 'earlier' ? -1 : 1) * (secondsOf(values.amount) ?? 0) }
    case 'cutoff_lead':
      return { kind, seconds: secondsOf(values.amount) }
    case 'window':
      return {
        kind,
        ...windowOf(values),
        ...(values.cutoff.trim() === '' ? {} : { cutoff_at: instantOfUtc(values.cutoff) }),
      }
    case 'drop_moved':
      return { kind, ...windowOf(values) }
    default:
      return { kind }
  }
}

function windowOf({ dropFrom, dropTo }: ChangeValues) {
  return { drop_from: instantOfUtc(dropFrom), drop_to: instantOfUtc(dropTo) }
}
