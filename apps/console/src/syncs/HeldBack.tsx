import type { QuarantineReason } from '@droplock/rules/lists'
import { Alert, AlertTitle } from '@mui/material'
import type { SyncRunDetail } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { counted } from '../format/words.ts'
import { commonestRejects } from './reject-names.ts'

const explained: Readonly<Record<QuarantineReason, (run: SyncRunDetail) => string>> = {
  truncated: () =>
    'The file is incomplete: it ends in the middle. Publishing it adds and moves only the names that are in it.',
  beyond_limits: ({ rows_read }) =>
    `The file is larger than a drop list can be. Reading stopped after ${counted(rows_read, 'row')}.`,
  nothing_to_list: nothingToList,
  too_many_rejects: (run) =>
    `${countText(run.rows_rejected)} of ${counted(run.rows_read, 'row')} were rejected: ${commonestRejects(run)}.`,
  zone_emptied: () =>
    'The list lacks all names of a zone that has live listings or is usually in it. Check that the file is complete.',
  too_many_suspected: ({ diff }) =>
    `${countText(diff.suspected)} of ${countText(diff.live)} live names are missing from the list. Check that the file is complete.`,
  too_many_moved: ({ diff }) =>
    `${countText(diff.moved)} of ${countText(diff.live)} live names would move. Check the drop date.`,
  too_few_rows: ({ rows_read }) =>
    `The list has ${counted(rows_read, 'row')}, far fewer than usual for this registry.`,
}

function nothingToList(run: SyncRunDetail): string {
  const { rows_read: rows, diff } = run
  if (rows === 0) return 'The list has no rows.'
  const rejects = commonestRejects(run)
  const late = diff.too_late === 0 ? '' : `Cut-off passed (${countText(diff.too_late)})`
  const causes = [rejects, late].filter((cause) => cause !== '').join(', ')
  return `None of the ${counted(rows, 'row')} can be listed: ${causes}.`
}

/** Why a list is held back, and what to do. */
export function HeldBack({ run }: { run: SyncRunDetail }) {
  return (
    <Alert severity="warning">
      <AlertTitle>Held back</AlertTitle>
      {run.quarantine_reasons.map((reason) => (
        <div key={reason}>{explained[reason](run)}</div>
      ))}
      <div>Nothing has changed yet. Publish the list if the registry confirms it, otherwise discard it.</div>
    </Alert>
  )
}
