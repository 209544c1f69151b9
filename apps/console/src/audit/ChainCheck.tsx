import { Alert, AlertTitle, Button } from '@mui/material'
import type { AuditChain } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { usePreview } from '../parts/hooks.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'

const faults: Readonly<Record<AuditChain['breaks'][number]['fault'], string>> = {
  hash_differs: 'was changed after it was written',
  unlinked: 'does not follow the entry before it',
  missing: 'is missing',
  cut_off: 'and all later entries are missing',
}

/** More than these are in the answer of the API. */
const BREAKS_SHOWN_MAX = 10

/** Has the server compute the whole chain anew. The page shows where it breaks. */
export function useChainCheck() {
  return usePreview<undefined, AuditChain>((api) => api.get<AuditChain>('audit/chain'))
}

type Check = ReturnType<typeof useChainCheck>

export function CheckButton({ check }: { check: Check }) {
  return (
    <Button variant="outlined" disabled={check.isPending} onClick={() => check.mutate(undefined)}>
      {check.isPending ? 'Checking…' : 'Check chain'}
    </Button>
  )
}

export function CheckResult({ check }: { check: Check }) {
  if (check.error !== null)
    return <ProblemAlert error={check.error} onRetry={() => check.mutate(undefined)} />
  if (check.data === undefined) return null
  const { entries, breaks, breaks_total: total } = check.data
  if (total === 0)
    return (
      <Alert severity="success" sx={{ mb: 1.5 }} onClose={check.reset}>
        The chain is intact: {countText(entries)} entries are as they were written, and none is missing.
      </Alert>
    )
  return (
    <Alert severity="error" sx={{ mb: 1.5 }} onClose={check.reset}>
      <AlertTitle>
        The chain is broken in {countText(total)} {total === 1 ? 'place' : 'places'}
      </AlertTitle>
      {breaks.slice(0, BREAKS_SHOWN_MAX).map(({ seq, fault }) => (
        <div key={`${seq} ${fault}`}>
          Entry {seq} {faults[fault]}.
        </div>
      ))}
      {total > BREAKS_SHOWN_MAX ? <div>These are the first {BREAKS_SHOWN_MAX}.</div> : null}
      Keep a copy of the database as it is now, and compare it with a backup.
    </Alert>
  )
}
