import ExpandMoreIcon from '@mui/icons-material/ExpandMore'
import { Box, MenuItem } from '@mui/material'
import { Menu, useSidebarState, useStore } from 'react-admin'
import { useLocation } from 'react-router-dom'
import type { Today } from '../api/types.ts'
import { useMe, useToday } from '../parts/hooks.ts'
import { entriesOf, type MenuEntry, menu } from './menu.tsx'

/** All groups fit a window of 900 pixels; a finger needs more than a pointer. Pixels. */
const rowHeight = { xs: 40, md: 24 }

/** The pages that this person may open, with the number of items that need attention on each. */
export function ConsoleMenu() {
  const waiting = useToday().data?.waiting
  const roles = useMe()?.roles ?? []
  return (
    <Menu
      sx={{
        mt: 0.5,
        mb: 0.5,
        '& .RaMenuItemLink-root, & .MuiMenuItem-root': { minHeight: rowHeight, py: 0, lineHeight: 1.5 },
        '& .MuiListItemIcon-root': { minWidth: 32 },
        '& .MuiListItemIcon-root svg': { fontSize: 18 },
        '& .RaMenuItemLink-active': { bgcolor: 'action.selected', fontWeight: 600, color: 'primary.main' },
      }}
    >
      {menu.map(({ title, entries }) => (
        <Group key={title} title={title} entries={entriesOf(entries, roles)} waiting={waiting} />
      ))}
    </Menu>
  )
}

type GroupProps = {
  readonly title: string
  readonly entries: readonly MenuEntry[]
  readonly waiting: Today['waiting'] | undefined
}

/** A group that a person has closed stays closed in this browser, and says what needs attention in it. */
function Group({ title, entries, waiting }: GroupProps) {
  const { pathname } = useLocation()
  const [isWide] = useSidebarState()
  const [isClosed, setClosed] = useStore(`menu.closed.${title}`, false)
  if (entries.length === 0) return null
  const isOpen = !isWide || !isClosed
  const isCurrent = entries.some((entry) => isAt(entry, pathname))
  const countOf = ({ count }: MenuEntry) => (waiting === undefined ? 0 : (count?.(waiting) ?? 0))
  return (
    <>
      {isWide ? (
        // An item of the menu like the others, so that the arrow keys reach it.
        <MenuItem
          tabIndex={0}
          aria-expanded={isOpen}
          onClick={() => setClosed(isOpen)}
          sx={{
            px: 2,
            color: isCurrent && !isOpen ? 'primary.main' : 'text.secondary',
            fontSize: 12,
            fontWeight: 600,
          }}
        >
          {title}
          {isOpen ? null : <Count count={entries.reduce((sum, entry) => sum + countOf(entry), 0)} />}
          <ExpandMoreIcon sx={{ ml: 'auto', fontSize: 16, transform: isOpen ? 'none' : 'rotate(-90deg)' }} />
        </MenuItem>
      ) : null}
      {isOpen
        ? entries.map((entry) => (
            <Menu.Item
              key={entry.to}
              to={entry.to}
              {...(isAt(entry, pathname) ? { className: 'RaMenuItemLink-active' } : {})}
              primaryText={
                <>
                  {entry.text}
                  <Count count={countOf(entry)} />
                </>
              }
              leftIcon={<entry.icon fontSize="small" />}
            />
          ))
        : null}
    </>
  )
}

/** Whether one of the pages of an entry is open. */
function isAt({ to, also = [] }: MenuEntry, pathname: string): boolean {
  return to === '/' ? pathname === '/' : [to, ...also].some((start) => pathname.startsWith(start))
}

function Count({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <Box
      component="span"
      title={`${count} open`}
      sx={{
        ml: 1,
        px: 0.75,
        borderRadius: 4,
        bgcolor: 'warning.main',
        color: 'background.paper',
        fontSize: 11,
        lineHeight: 1.5,
        fontWeight: 700,
      }}
    >
      {count}
    </Box>
  )
}
