import { Box } from '@mui/material'
import type { SearchResult } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { twoClocks } from '../format/time.ts'
import { unicodeName } from '../format/unicode-name.ts'
import { words } from '../format/words.ts'
import type { Target } from './targets.ts'

/** A line of the search: what it is, and what distinguishes it from others of the same name. */
export function ResultText({ target: { text, found } }: { target: Target }) {
  const unicode = unicodeName(text)
  return (
    <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'baseline', flexWrap: 'wrap' }}>
      <Box component="span" sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}>
        {text}
      </Box>
      {unicode === undefined ? null : <span>{unicode}</span>}
      {found === undefined ? null : (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {detailOf(found)}
        </Box>
      )}
    </Box>
  )
}

function detailOf({ kind, state, account_name, reference, amount, at }: SearchResult): string {
  const parts = [
    kind === 'listing' ? 'Not ordered' : undefined,
    state === undefined ? undefined : words(state),
    amount === undefined ? undefined : moneyText(amount),
    account_name,
    reference === undefined ? undefined : `Reference ${reference}`,
    at === undefined ? undefined : twoClocks(at, 'UTC', 'minutes').utc,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}
