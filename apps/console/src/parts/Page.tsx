import { Box, Paper, Stack, Typography } from '@mui/material'
import { type ReactNode, useEffect } from 'react'

type PageProps = {
  /** The name of the page, in its heading and in the browser's tab. */
  readonly title: string
  /** Beside the title: a state, a hint. */
  readonly beside?: ReactNode
  /** One line below the title. */
  readonly about?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page: title, actions and content. */
export function Page({ title, beside, about, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Droplock`
  }, [title])
  return (
    <Box sx={{ px: { xs: 2, sm: 3 }, py: 2.5, maxWidth: 1560 }}>
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

type TwoColumnsProps = {
  readonly main: ReactNode
  readonly beside: ReactNode
  /** Of the right column. Pixels. */
  readonly width?: number
}

/** The main content on the left and details on the right; below one another on a narrow screen. */
export function TwoColumns({ main, beside, width = 376 }: TwoColumnsProps) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: `minmax(0, 1fr) ${width}px` },
        columnGap: 2,
        alignItems: 'start',
      }}
    >
      <div>{main}</div>
      <div>{beside}</div>
    </Box>
  )
}

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

/** Shown in place of an empty table: that there is nothing, and what would be there. */
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

/** Below rows without pages: that there are more than are shown, if there are. */
export function FirstOf({ shown, total = 0 }: { shown: number; total?: number | undefined }) {
  if (total <= shown) return null
  return (
    <Typography variant="caption" color="textSecondary" component="p" sx={{ px: 2, py: 1 }}>
      The newest {shown} of {total.toLocaleString('en')}.
    </Typography>
  )
}
