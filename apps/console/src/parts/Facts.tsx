import { Box, Typography } from '@mui/material'
import type { ReactNode } from 'react'

type FactsProps = {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[]
  /** In a narrow column each label is left of its value. */
  readonly narrow?: boolean
  /** Each in a line of its own: for texts. */
  readonly whole?: boolean
}

const wide = { gridTemplateColumns: 'repeat(auto-fill, minmax(265px, 1fr))', gap: 2 }
const inLines = { gridTemplateColumns: 'minmax(0, 1fr)', gap: 1.5 }
const inColumn = { gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: 2, rowGap: 0.75 }

/** A window that ends on another day is longer than a column. */
const wrapped = { '& span': { whiteSpace: 'normal' } }

/** Label and value pairs. One without a value is left out. */
export function Facts({ facts, narrow = false, whole = false }: FactsProps) {
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', m: 0, px: 2, py: 1.5, ...(narrow ? inColumn : whole ? inLines : wide) }}
    >
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
        .map(([label, value]) => (
          <Box key={label} sx={narrow ? { display: 'contents' } : {}}>
            <Typography component="dt" variant="caption" color="textSecondary" sx={{ lineHeight: 1.6 }}>
              {label}
            </Typography>
            <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere', ...wrapped }}>
              {value}
            </Box>
          </Box>
        ))}
    </Box>
  )
}
