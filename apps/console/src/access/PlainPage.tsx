import { Box, Paper, Stack, Typography } from '@mui/material'
import { type ReactNode, useEffect } from 'react'

/** A page without menu, for people who are not signed in. */
export function PlainPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Droplock`
  }, [title])
  return (
    <Box
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', bgcolor: 'background.default', p: 2 }}
    >
      <Paper component="main" sx={{ width: '100%', maxWidth: 400, p: 4 }}>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1.25, mb: 3 }}>
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <Typography variant="h1">{title}</Typography>
        </Stack>
        {children}
      </Paper>
    </Box>
  )
}
