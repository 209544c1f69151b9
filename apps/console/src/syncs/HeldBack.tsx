import type { QuarantineReason } from '@droplock/rules/lists/decide-quarantine'
import { Alert, AlertTitle } from '@mui/material'
import type { SyncRunDetail } from '../api/types.ts'
import { countText } from '../format/money.ts'

const explained: Readonly<Record<QuarantineReason, (run: SyncRunDetail) => string>> = {
  too_many_suspected: ({ diff }) =>
    `${countText(diff.suspected)} of ${countText(diff.live)} live names are missing from it. A broken download looks like this.`,
  too_many_moved: ({ diff }) =>
    `${countText(diff.moved)} of ${countText(diff.live)} live names would move. A wrong date looks like this.`,
  too_few_rows: ({ rows_read }) =>
    `It has ${countText(rows_read)} rows, far fewer than lists of this registry usually have.`,
  truncated_snapshot: () => 'It ends in the middle, so a name that is not in it may only have been cut off.',
}

/** Why a run waits for a person. */
export function HeldBack({ run }: { run: SyncRunDetail }) {
  return (
    <Alert severity="warning">
      <AlertTitle>Held back</AlertTitle>
      {run.quarantine_reasons.map((reason) => (
        <div key={reason}>{explained[reason](run)}</div>
      ))}
      <div>Nothing has changed yet. Publish it if the registry confirms it, else discard it.</div>
    </Alert>
  )
}
