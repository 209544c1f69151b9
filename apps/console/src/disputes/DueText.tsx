import { UNANSWERED_MS } from '@droplock/rules/disputes/answer'
import { Typography } from '@mui/material'
import type { Dispute } from '../api/types.ts'
import { counted } from '../format/words.ts'
import { useNow } from '../parts/hooks.ts'
import { TimeText } from '../parts/texts.tsx'

const REFRESH_MS = 60_000
const HOUR_MS = 3_600_000

/** Until when evidence is taken; while nothing was submitted also how long that is. */
export function DueText({ dispute: { evidence_due_at, state } }: { dispute: Dispute }) {
  const now = useNow(REFRESH_MS)
  if (evidence_due_at === undefined) return '–'
  const leftMs = Date.parse(evidence_due_at) - now
  return (
    <>
      <TimeText at={evidence_due_at} precision="minutes" />
      {state === 'needs_response' ? (
        <Typography
          variant="caption"
          component="div"
          color={leftMs <= UNANSWERED_MS ? 'error' : 'textSecondary'}
          sx={{ fontWeight: leftMs <= UNANSWERED_MS ? 600 : 400 }}
        >
          {leftText(leftMs)}
        </Typography>
      ) : null}
    </>
  )
}

function leftText(leftMs: number): string {
  if (leftMs <= 0) return 'Deadline passed'
  const hours = Math.floor(leftMs / HOUR_MS)
  return hours < 48 ? `${counted(hours, 'hour')} left` : `${counted(Math.floor(hours / 24), 'day')} left`
}
