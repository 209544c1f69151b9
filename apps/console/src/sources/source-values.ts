import type { ListSource } from '../api/types.ts'
import { secondsOf, secondsText } from '../format/duration.ts'

/** What is typed in the form of a source. Empty texts are left out of the command. */
export type SourceValues = {
  readonly registryId: string
  readonly address: string
  readonly format: string
  readonly scopeKind: string
  readonly timeZone: string
  readonly expectedBy: string
  readonly allowance: string
  readonly lateAfter: string
  readonly poll: string
  readonly precedence: string
  readonly credentials: string
  readonly suspectedMax: string
  readonly movedMax: string
  readonly rowsMin: string
  readonly reason: string
}

const duration = (seconds: number | undefined) => (seconds === undefined ? '' : secondsText(seconds))
const number = (value: number | undefined) => (value === undefined ? '' : String(value))

/** The form of a source; of a new one with what is usual. */
export function valuesOf(source: ListSource | undefined, registryId: string): SourceValues {
  return {
    registryId: source?.registry_id ?? registryId,
    address: source?.address ?? '',
    format: source?.format ?? '',
    scopeKind: source?.scope_kind ?? '',
    timeZone: source?.time_zone ?? 'UTC',
    expectedBy: source?.expected_by ?? '',
    allowance: duration(source?.late_allowance_seconds ?? 1_800),
    lateAfter: source === undefined ? '26 h' : duration(source.late_after_seconds),
    poll: duration(source?.poll_seconds),
    precedence: number(source?.precedence ?? 0),
    credentials: source?.credentials ?? '',
    suspectedMax: number(source?.suspected_percent_max),
    movedMax: number(source?.moved_percent_max),
    rowsMin: number(source?.rows_percent_min),
    reason: '',
  }
}

/** The terms as the API takes them. */
export function termsOf(values: SourceValues): object {
  const terms = {
    address: values.address.trim(),
    format: values.format,
    scope_kind: values.scopeKind,
    time_zone: values.timeZone.trim(),
    expected_by: values.expectedBy.trim(),
    late_allowance_seconds: secondsOf(values.allowance),
    late_after_seconds: secondsOf(values.lateAfter),
    poll_seconds: secondsOf(values.poll),
    precedence: numberOf(values.precedence),
    credentials: values.credentials.trim(),
    suspected_percent_max: numberOf(values.suspectedMax),
    moved_percent_max: numberOf(values.movedMax),
    rows_percent_min: numberOf(values.rowsMin),
  }
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== '' && value !== undefined))
}

function numberOf(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text)
}
