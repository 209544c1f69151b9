import type { ScheduleChange } from '../api/types.ts'
import { secondsText } from '../format/duration.ts'
import { twoClocksOfRange } from '../format/time.ts'
import { counted, words } from '../format/words.ts'

type Action = ScheduleChange['action']
type Filter = ScheduleChange['filter']

export const actionNames = {
  window: 'Set one window',
  shift: 'Shift windows',
  cutoff_lead: 'Set the lead of the cut-off',
  skip_day: 'Registry skips the batch',
  drop_moved: 'Registry moved the drop',
  policy: 'Apply the zone policy',
} as const

/** What a change does, in one line. */
export function actionText(action: Action): string {
  switch (action.kind) {
    case 'window':
      return `Window ${rangeText(action.drop_from, action.drop_to)}`
    case 'drop_moved':
      return `Drop moved to ${rangeText(action.drop_from, action.drop_to)}`
    case 'shift':
      return shiftText(action.seconds ?? 0)
    case 'cutoff_lead':
      return `Orders close ${secondsText(action.seconds ?? 0)} before the window`
    case 'skip_day':
      return 'Batch skipped, names move to the next one'
    case 'policy':
      return 'Zone policy applied'
    case 'drift':
      return `Submissions followed the drops: start ${shiftOf(action.from_shift_seconds)}, end ${shiftOf(action.to_shift_seconds)}`
  }
}

/** `1 h later`, `5 min earlier`. */
export function shiftText(seconds: number): string {
  return `${secondsText(Math.abs(seconds))} ${seconds < 0 ? 'earlier' : 'later'}`
}

function shiftOf(seconds = 0): string {
  return seconds === 0 ? 'unchanged' : shiftText(seconds)
}

function rangeText(from: string | undefined, to: string | undefined): string {
  return from === undefined || to === undefined ? '' : twoClocksOfRange(from, to, 'UTC').utc
}

/** Which listings a change is about, in one line. */
export function filterText(filter: Filter): string {
  const { names, listing_ids, from, to } = filter
  const parts = [
    filter.zone === undefined ? undefined : `.${filter.zone}`,
    filter.registry_id === undefined ? undefined : `registry ${filter.registry_id}`,
    filter.drop_date === undefined ? undefined : `drop day ${filter.drop_date}`,
    from === undefined ? undefined : `windows from ${utcText(from)}`,
    to === undefined ? undefined : `windows to ${utcText(to)}`,
    names === undefined ? undefined : namesText(names),
    listing_ids === undefined ? undefined : counted(listing_ids.length, 'listing'),
    filter.state === undefined ? undefined : words(filter.state).toLowerCase(),
    filter.held === undefined ? undefined : `${filter.held ? 'with' : 'without'} a holder`,
    filter.overridden === undefined ? undefined : `${filter.overridden ? '' : 'not '}moved manually`,
    filter.skipped_of === undefined ? undefined : 'skipped by an earlier change',
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? 'One listing' : parts.join(', ')
}

function utcText(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`
}

function namesText(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : counted(names.length, 'name')
}

/** Why a listing cannot be changed or was skipped. */
const causes: Readonly<Record<string, string>> = {
  ended: 'Ended',
  dropping: 'Dropping',
  create_unanswered: 'A create is not answered',
  award_awaited: 'An award is awaited',
  invalid_window: 'The window would be invalid',
  overridden: 'Moved manually',
  other_policy: 'Not made by this policy',
  replaced: 'Replaced by a later change',
  changed: 'Changed since the preview',
}

export function causeText(cause: string): string {
  return causes[cause] ?? words(cause)
}

/** `Dropping (3), Ended (1)`; empty where there is none. */
export function causesText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([, one], [, other]) => other - one)
    .map(([cause, count]) => `${causeText(cause)} (${count.toLocaleString('en')})`)
    .join(', ')
}
