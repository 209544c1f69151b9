import { Box, Typography } from '@mui/material'
import type { ReactNode } from 'react'

/** Says that there is nothing, and why that is, instead of an empty table. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Box sx={{ px: 3, py: children === undefined ? 2 : 5, textAlign: 'center' }}>
      <Typography variant="h3" component="p">
        {title}
      </Typography>
      {children === undefined ? null : (
        <Typography color="textSecondary" component="div" sx={{ mt: 0.5 }}>
          {children}
        </Typography>
      )}
    </Box>
  )
}
