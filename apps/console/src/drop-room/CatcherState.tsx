import { Box, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { RegistryAccountStatus } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { phaseTones } from '../format/tones.ts'
import { words } from '../format/words.ts'
import { StateChip } from '../parts/StateChip.tsx'
import { AgeText } from '../parts/texts.tsx'

/** How an account is driven, since when, and what is wrong. */
export function CatcherState({ account }: { account: RegistryAccountStatus }) {
  const { phase, problems, lease, reported_at } = account
  // Of an account that was let go they are over.
  const hasProblems = problems.length > 0 && phase !== 'released'
  return (
    <>
      <StateChip state={phase} tone={hasProblems ? 'error' : phaseTones[phase]} />
      <Small>
        {phase === 'silent' && reported_at !== undefined ? (
          <>
            last report <AgeText since={reported_at} /> ago
          </>
        ) : lease === undefined ? null : (
          <>
            lease {lease.is_held ? 'held' : 'not held'} for <AgeText since={lease.since} />
          </>
        )}
      </Small>
      {hasProblems ? <Small tone="error.main">{problems.map(problemText).join(', ')}</Small> : null}
    </>
  )
}

/** A problem in the words of those who watch a drop. */
function problemText(code: string): string {
  return code === 'no_session' ? 'Registry unreachable: no session' : words(code)
}

export function Small({ children, tone = 'text.secondary' }: { children: ReactNode; tone?: string }) {
  if (children === null || children === undefined) return null
  return (
    <Typography variant="caption" component={Box} sx={{ color: tone, whiteSpace: 'nowrap' }}>
      {children}
    </Typography>
  )
}

export function ofLimit(count: number | undefined, limit: number | undefined): string {
  if (count === undefined) return '–'
  return limit === undefined ? countText(count) : `${countText(count)} of ${countText(limit)}`
}
