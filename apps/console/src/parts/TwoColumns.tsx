import { Box } from '@mui/material'
import type { ReactNode } from 'react'

/** What a page is about on the left, and beside it what is small; below one another on a narrow screen. */
export function TwoColumns({ main, beside }: { main: ReactNode; beside: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 376px' },
        columnGap: 2,
        alignItems: 'start',
      }}
    >
      <div>{main}</div>
      <div>{beside}</div>
    </Box>
  )
}
