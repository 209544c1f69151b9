import AccountBalanceIcon from '@mui/icons-material/AccountBalance'
import AssignmentLateIcon from '@mui/icons-material/AssignmentLate'
import AutorenewIcon from '@mui/icons-material/Autorenew'
import BalanceIcon from '@mui/icons-material/Balance'
import BusinessIcon from '@mui/icons-material/Business'
import CreditCardIcon from '@mui/icons-material/CreditCard'
import CurrencyExchangeIcon from '@mui/icons-material/CurrencyExchange'
import EventIcon from '@mui/icons-material/Event'
import FactCheckIcon from '@mui/icons-material/FactCheck'
import FormatListNumberedIcon from '@mui/icons-material/FormatListNumbered'
import ForwardToInboxIcon from '@mui/icons-material/ForwardToInbox'
import HistoryIcon from '@mui/icons-material/History'
import NotificationsIcon from '@mui/icons-material/Notifications'
import ReceiptLongIcon from '@mui/icons-material/ReceiptLong'
import StorefrontIcon from '@mui/icons-material/Storefront'
import TodayIcon from '@mui/icons-material/Today'
import TuneIcon from '@mui/icons-material/Tune'
import { Box } from '@mui/material'
import { Menu } from 'react-admin'
import type { Today } from '../api/types.ts'
import { useMay, useToday } from '../parts/hooks.ts'

/** The pages, with the number of items that need attention on each. */
export function ConsoleMenu() {
  const waiting = useToday().data?.waiting
  const mayReadMoney = useMay('money:read')
  return (
    <Menu
      sx={{
        mt: 1,
        '& .RaMenuItemLink-active': { bgcolor: 'action.selected', fontWeight: 600, color: 'primary.main' },
      }}
    >
      <Menu.Item to="/" primaryText="Today" leftIcon={<TodayIcon fontSize="small" />} />
      <Menu.Item
        to="/alarms"
        primaryText={<Entry text="Alarms" count={waiting?.alarms} />}
        leftIcon={<NotificationsIcon fontSize="small" />}
      />
      <Menu.Item
        to="/sync-runs"
        primaryText={<Entry text="Syncs" count={waiting?.quarantined_runs} />}
        leftIcon={<AutorenewIcon fontSize="small" />}
      />
      <Menu.Item to="/listings" primaryText="Drop schedules" leftIcon={<EventIcon fontSize="small" />} />
      <Menu.Item
        to="/order-of-service"
        primaryText="Order of service"
        leftIcon={<FormatListNumberedIcon fontSize="small" />}
      />
      <Menu.Item to="/backorders" primaryText="Backorders" leftIcon={<FactCheckIcon fontSize="small" />} />
      <Menu.Item
        to="/refunds"
        primaryText={<Entry text="Refunds" count={waiting?.proposed_refunds} />}
        leftIcon={<CurrencyExchangeIcon fontSize="small" />}
      />
      {mayReadMoney ? <MoneyItems waiting={waiting} /> : null}
      <Menu.Item
        to="/receivers"
        primaryText="Notifications"
        leftIcon={<ForwardToInboxIcon fontSize="small" />}
      />
      <Menu.Item to="/audit" primaryText="Audit" leftIcon={<HistoryIcon fontSize="small" />} />
    </Menu>
  )
}

/** The pages of finance, for those who may read them. */
function MoneyItems({ waiting }: { waiting: Today['waiting'] | undefined }) {
  return (
    <>
      <Menu.Item
        to="/finance-tasks"
        primaryText={<Entry text="Finance tasks" count={waiting?.finance_tasks} />}
        leftIcon={<AssignmentLateIcon fontSize="small" />}
      />
      <Menu.Item to="/payments" primaryText="Payments" leftIcon={<CreditCardIcon fontSize="small" />} />
      <Menu.Item
        to="/bank-transfers"
        primaryText={<Entry text="Bank transfers" count={waiting?.proposed_reversals} />}
        leftIcon={<AccountBalanceIcon fontSize="small" />}
      />
      <Menu.Item to="/accounts" primaryText="Accounts" leftIcon={<BusinessIcon fontSize="small" />} />
      <Menu.Item to="/invoices" primaryText="Invoices" leftIcon={<ReceiptLongIcon fontSize="small" />} />
      <Menu.Item
        to="/reconciliation"
        primaryText={<Entry text="Reconciliation" count={waiting?.unmatched_items} />}
        leftIcon={<BalanceIcon fontSize="small" />}
      />
      <Menu.Item to="/refund-limits" primaryText="Refund limits" leftIcon={<TuneIcon fontSize="small" />} />
      <Menu.Item to="/seller" primaryText="Seller" leftIcon={<StorefrontIcon fontSize="small" />} />
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
