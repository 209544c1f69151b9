import AutorenewIcon from '@mui/icons-material/Autorenew'
import CurrencyExchangeIcon from '@mui/icons-material/CurrencyExchange'
import EventIcon from '@mui/icons-material/Event'
import FactCheckIcon from '@mui/icons-material/FactCheck'
import HistoryIcon from '@mui/icons-material/History'
import TodayIcon from '@mui/icons-material/Today'
import { Box } from '@mui/material'
import { Menu } from 'react-admin'
import { useToday } from '../parts/use-today.ts'

/** The pages, with how much waits for a person on each. */
export function ConsoleMenu() {
  const waiting = useToday().data?.waiting
  return (
    <Menu
      sx={{
        mt: 1,
        '& .RaMenuItemLink-active': { bgcolor: 'action.selected', fontWeight: 600, color: 'primary.main' },
      }}
    >
      <Menu.Item to="/" primaryText="Today" leftIcon={<TodayIcon fontSize="small" />} />
      <Menu.Item
        to="/sync-runs"
        primaryText={<Entry text="Syncs" count={waiting?.quarantined_runs} />}
        leftIcon={<AutorenewIcon fontSize="small" />}
      />
      <Menu.Item to="/listings" primaryText="Drop schedules" leftIcon={<EventIcon fontSize="small" />} />
      <Menu.Item to="/backorders" primaryText="Backorders" leftIcon={<FactCheckIcon fontSize="small" />} />
      <Menu.Item
        to="/refunds"
        primaryText={<Entry text="Refunds" count={waiting?.proposed_refunds} />}
        leftIcon={<CurrencyExchangeIcon fontSize="small" />}
      />
      <Menu.Item to="/audit" primaryText="Audit" leftIcon={<HistoryIcon fontSize="small" />} />
    </Menu>
  )
}

function Entry({ text, count }: { text: string; count: number | undefined }) {
  if (count === undefined || count === 0) return text
  return (
    <>
      {text}
      <Box
        component="span"
        title={`${count} waiting`}
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
