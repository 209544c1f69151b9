import { Box, ListSubheader } from '@mui/material'
import { Menu } from 'react-admin'
import { useLocation } from 'react-router-dom'
import type { Today } from '../api/types.ts'
import { useMe, useToday } from '../parts/hooks.ts'
import { entriesOf, type MenuEntry, menu } from './menu.tsx'

/** The pages that this person may open, with the number of items that need attention on each. */
export function ConsoleMenu() {
  const waiting = useToday().data?.waiting
  const roles = useMe()?.roles ?? []
  return (
    <Menu
      sx={{
        mt: 1,
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

function Group({ title, entries, waiting }: GroupProps) {
  const { pathname } = useLocation()
  if (entries.length === 0) return null
  return (
    <>
      <ListSubheader disableSticky role="presentation" sx={{ lineHeight: '28px', bgcolor: 'transparent' }}>
        {title}
      </ListSubheader>
      {entries.map(({ to, text, icon: Icon, also = [], count }) => (
        <Menu.Item
          key={to}
          to={to}
          {...(also.some((start) => pathname.startsWith(start))
            ? { className: 'RaMenuItemLink-active' }
            : {})}
          primaryText={<Entry text={text} count={waiting === undefined ? undefined : count?.(waiting)} />}
          leftIcon={<Icon fontSize="small" />}
        />
      ))}
    </>
  )
}

function Entry({ text, count }: { text: string; count: number | undefined }) {
  if (count === undefined || count === 0) return text
  return (
    <>
      {text}
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
          fontWeight: 700,
        }}
      >
        {count}
      </Box>
    </>
  )
}
