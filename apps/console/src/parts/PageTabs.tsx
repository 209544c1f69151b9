import { Box, Link } from '@mui/material'
import { NavLink } from 'react-router-dom'

export type PageTab = { readonly to: string; readonly text: string }

/** Links between the pages of one subject; the page that is open is marked. */
export function PageTabs({ label, tabs }: { label: string; tabs: readonly PageTab[] }) {
  return (
    <Box
      component="nav"
      aria-label={label}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2.5, mb: 2, borderBottom: 1, borderColor: 'divider' }}
    >
      {tabs.map(({ to, text }) => (
        <Link
          key={to}
          component={NavLink}
          to={to}
          underline="none"
          sx={{
            py: 0.75,
            mb: '-1px',
            fontWeight: 600,
            color: 'text.secondary',
            borderBottom: '2px solid transparent',
            '&:hover': { color: 'text.primary' },
            '&.active': { color: 'primary.main', borderBottomColor: 'primary.main' },
          }}
        >
          {text}
        </Link>
      ))}
    </Box>
  )
}
