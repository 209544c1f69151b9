import { Box, Typography } from '@mui/material'
import { lazy, type ReactNode, Suspense } from 'react'
import { AppBar, Layout, Logout, UserMenu } from 'react-admin'
import { InterruptionDialog } from '../access/InterruptionDialog.tsx'
import { wallTime, zoneText } from '../format/time.ts'
import { words } from '../format/words.ts'
import { useMe, useNow, useZone } from '../parts/hooks.ts'
import { LiveChanges, useIsLive } from '../parts/live.tsx'
import { SearchButton } from '../search/SearchButton.tsx'
import { ConsoleMenu } from './ConsoleMenu.tsx'
import { ProfileItem } from './ProfileItem.tsx'

const MustEnrolPage = lazy(async () => ({
  default: (await import('../access/MustEnrolPage.tsx')).MustEnrolPage,
}))

export function ConsoleLayout({ children }: { children?: ReactNode }) {
  if (useMe()?.must_enrol === true) {
    return (
      <Suspense fallback={null}>
        <MustEnrolPage />
      </Suspense>
    )
  }
  return (
    <LiveChanges>
      <Layout
        appBar={ConsoleAppBar}
        appBarAlwaysOn
        menu={ConsoleMenu}
        sx={{
          // A wide table scrolls in its own frame; the page does not.
          minWidth: 0,
          '& .RaLayout-content': { p: 0, minWidth: 0 },
          '& .RaSidebar-fixed': { borderRight: 1, borderColor: 'divider' },
        }}
      >
        {children}
        <InterruptionDialog />
      </Layout>
    </LiveChanges>
  )
}

function ConsoleAppBar() {
  const me = useMe()
  return (
    <AppBar
      color="secondary"
      userMenu={
        // The name that is shown is part of the button's name (WCAG 2.5.3).
        <UserMenu label={me === undefined ? 'Profile' : `Profile: ${me.name}`}>
          <Person />
          <ProfileItem />
          <Logout />
        </UserMenu>
      }
    >
      <Brand />
      <SearchButton />
      <Box sx={{ flexGrow: 1 }} />
      <Delay />
      <Clock />
    </AppBar>
  )
}

function Brand() {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <img src="/favicon.svg" alt="" width={22} height={22} />
      <Typography component="span" sx={{ fontWeight: 650, fontSize: 15, letterSpacing: '-0.01em' }}>
        Droplock
      </Typography>
    </Box>
  )
}

/** Nothing while changes are shown as they happen. */
function Delay() {
  const isLive = useIsLive()
  return (
    <Typography
      component="div"
      role="status"
      variant="caption"
      sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}
    >
      {isLive ? null : 'Live updates paused · refreshing every 30 s'}
    </Typography>
  )
}

/** The time in UTC and in the operator's time zone. */
function Clock() {
  const zone = useZone()
  const now = new Date(useNow(1_000)).toISOString()
  const zoneName = zoneText(now, zone)
  const isUtc = zoneName.startsWith('UTC')
  return (
    <Typography component="div" sx={{ mx: 2, display: { xs: 'none', md: 'block' }, whiteSpace: 'nowrap' }}>
      <strong>{wallTime(now, 'UTC')} UTC</strong>
      {isUtc ? null : (
        <Box component="span" sx={{ color: 'text.secondary', ml: 2 }}>
          {wallTime(now, zone)} {zoneName}
        </Box>
      )}
    </Typography>
  )
}

function Person() {
  const me = useMe()
  return (
    <Box sx={{ px: 2, py: 1 }}>
      <Typography sx={{ fontWeight: 600 }}>{me?.name}</Typography>
      <Typography variant="caption" color="textSecondary" component="div">
        {me?.email}
      </Typography>
      <Typography variant="caption" color="textSecondary" component="div">
        {me?.roles.map(words).join(', ')}
      </Typography>
    </Box>
  )
}
