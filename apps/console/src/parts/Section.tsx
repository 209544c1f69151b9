import { Box, Paper, Stack, Typography } from '@mui/material'
import type { ReactNode } from 'react'

type SectionProps = { readonly title: string; readonly beside?: ReactNode; readonly children: ReactNode }

/** A titled part of a page. */
export function Section({ title, beside, children }: SectionProps) {
  return (
    <Paper component="section" aria-label={title} sx={{ mb: 2, overflow: 'hidden' }}>
      <Stack
        direction="row"
        sx={{
          alignItems: 'center',
          gap: 1,
          px: 2,
          py: 0,
          minHeight: 40,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography variant="h2" sx={{ flexGrow: 1 }}>
          {title}
        </Typography>
        {beside}
      </Stack>
      <Box sx={{ overflowX: 'auto' }}>{children}</Box>
    </Paper>
  )
}
