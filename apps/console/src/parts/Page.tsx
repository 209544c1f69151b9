import { Box, Stack, Typography } from '@mui/material'
import { type ReactNode, useEffect } from 'react'

type PageProps = {
  /** The name of the page, in its head and in the browser's tab. */
  readonly title: string
  /** Beside the title: a state, a hint. */
  readonly beside?: ReactNode
  /** What the title says about: one line. */
  readonly about?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page: what it is, what can be done, and its content. */
export function Page({ title, beside, about, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Droplock`
  }, [title])
  return (
    <Box sx={{ px: 3, py: 2.5, maxWidth: 1560 }}>
      <Stack direction="row" sx={{ alignItems: 'flex-start', gap: 2, mb: 2 }}>
        <Box sx={{ flexGrow: 1, minWidth: 0 }}>
          <Stack direction="row" sx={{ alignItems: 'baseline', gap: 1.5, flexWrap: 'wrap' }}>
            <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
              {title}
            </Typography>
            {beside}
          </Stack>
          {about === undefined ? null : (
            <Typography color="textSecondary" component="div" sx={{ mt: 0.5 }}>
              {about}
            </Typography>
          )}
        </Box>
        <Stack direction="row" sx={{ gap: 1, flexShrink: 0 }}>
          {actions}
        </Stack>
      </Stack>
      {children}
    </Box>
  )
}
