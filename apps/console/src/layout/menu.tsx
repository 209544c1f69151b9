import { may, type Permission, type Role } from '@droplock/rules/staff'
import type { SvgIconComponent } from '@mui/icons-material'
import AccountBalanceIcon from '@mui/icons-material/AccountBalance'
import AssignmentLateIcon from '@mui/icons-material/AssignmentLate'
import AutorenewIcon from '@mui/icons-material/Autorenew'
import BadgeIcon from '@mui/icons-material/Badge'
import BalanceIcon from '@mui/icons-material/Balance'
import BarChartIcon from '@mui/icons-material/BarChart'
import BusinessIcon from '@mui/icons-material/Business'
import CampaignIcon from '@mui/icons-material/Campaign'
import CreditCardIcon from '@mui/icons-material/CreditCard'
import CurrencyExchangeIcon from '@mui/icons-material/CurrencyExchange'
import DnsIcon from '@mui/icons-material/Dns'
import EventIcon from '@mui/icons-material/Event'
import EventAvailableIcon from '@mui/icons-material/EventAvailable'
import EventBusyIcon from '@mui/icons-material/EventBusy'
import FactCheckIcon from '@mui/icons-material/FactCheck'
import FormatListNumberedIcon from '@mui/icons-material/FormatListNumbered'
import ForwardToInboxIcon from '@mui/icons-material/ForwardToInbox'
import GavelIcon from '@mui/icons-material/Gavel'
import HistoryIcon from '@mui/icons-material/History'
import HowToRegIcon from '@mui/icons-material/HowToReg'
import MenuBookIcon from '@mui/icons-material/MenuBook'
import NotificationsIcon from '@mui/icons-material/Notifications'
import PaymentsIcon from '@mui/icons-material/Payments'
import PeopleIcon from '@mui/icons-material/People'
import QueryStatsIcon from '@mui/icons-material/QueryStats'
import ReceiptLongIcon from '@mui/icons-material/ReceiptLong'
import SellIcon from '@mui/icons-material/Sell'
import SensorsIcon from '@mui/icons-material/Sensors'
import StorefrontIcon from '@mui/icons-material/Storefront'
import TodayIcon from '@mui/icons-material/Today'
import TuneIcon from '@mui/icons-material/Tune'
import type { Today } from '../api/types.ts'

export type MenuEntry = {
  readonly to: string
  readonly text: string
  readonly icon: SvgIconComponent
  /** Who sees it; left out: everyone. */
  readonly permission?: Permission
  /** Further pages of the same subject, by the start of their address. */
  readonly also?: readonly string[]
  /** What needs attention on that page. */
  readonly count?: (waiting: Today['waiting']) => number
}

export type MenuGroup = { readonly title: string; readonly entries: readonly MenuEntry[] }

/** The whole menu, in the order in which a day goes. */
export const menu: readonly MenuGroup[] = [
  {
    title: 'Now',
    entries: [
      { to: '/', text: 'Today', icon: TodayIcon },
      { to: '/drop-room', text: 'Drop room', icon: SensorsIcon },
      { to: '/alarms', text: 'Alarms', icon: NotificationsIcon, count: (waiting) => waiting.alarms },
    ],
  },
  {
    title: 'Drops',
    entries: [
      {
        to: '/sync-runs',
        text: 'Syncs',
        icon: AutorenewIcon,
        also: ['/list-sources'],
        count: (waiting) => waiting.quarantined_runs,
      },
      {
        to: '/listings',
        text: 'Drop schedules',
        icon: EventIcon,
        also: ['/calendar', '/schedule-changes', '/zone-policies', '/drift'],
      },
      { to: '/withdrawals', text: 'Withdrawals', icon: EventBusyIcon, also: ['/suspects', '/blocked-names'] },
      { to: '/registry-messages', text: 'Registry notices', icon: CampaignIcon, also: ['/maintenances'] },
      { to: '/order-of-service', text: 'Order of service', icon: FormatListNumberedIcon },
      { to: '/statistics', text: 'Statistics', icon: QueryStatsIcon },
    ],
  },
  {
    title: 'Orders',
    entries: [
      { to: '/backorders', text: 'Backorders', icon: FactCheckIcon },
      {
        to: '/proposals',
        text: 'Approvals',
        icon: HowToRegIcon,
        permission: 'money:read',
        count: (waiting) => waiting.open_proposals,
      },
      {
        to: '/refunds',
        text: 'Refunds',
        icon: CurrencyExchangeIcon,
        count: (waiting) => waiting.proposed_refunds,
      },
    ],
  },
  {
    title: 'Finance',
    entries: [
      {
        to: '/finance-tasks',
        text: 'Finance tasks',
        icon: AssignmentLateIcon,
        permission: 'money:read',
        count: (waiting) => waiting.finance_tasks,
      },
      { to: '/payments', text: 'Payments', icon: CreditCardIcon, permission: 'money:read' },
      {
        to: '/bank-transfers',
        text: 'Bank transfers',
        icon: AccountBalanceIcon,
        permission: 'money:read',
        count: (waiting) => waiting.proposed_reversals,
      },
      {
        to: '/disputes',
        text: 'Disputes',
        icon: GavelIcon,
        permission: 'money:read',
        count: (waiting) => waiting.open_disputes,
      },
      { to: '/payouts', text: 'Payouts', icon: PaymentsIcon, permission: 'money:read' },
      { to: '/invoices', text: 'Invoices', icon: ReceiptLongIcon, permission: 'money:read' },
      {
        to: '/reconciliation',
        text: 'Reconciliation',
        icon: BalanceIcon,
        permission: 'money:read',
        count: (waiting) => waiting.unmatched_items,
      },
      { to: '/ledger', text: 'Ledger', icon: MenuBookIcon, permission: 'money:read' },
      { to: '/months', text: 'Month close', icon: EventAvailableIcon, permission: 'money:read' },
      {
        to: '/revenue-report',
        text: 'Reports',
        icon: BarChartIcon,
        permission: 'money:read',
        also: ['/refund-report', '/receivables'],
      },
    ],
  },
  {
    title: 'Resellers',
    entries: [{ to: '/accounts', text: 'Accounts', icon: BusinessIcon, permission: 'money:read' }],
  },
  {
    title: 'Settings',
    entries: [
      { to: '/registries', text: 'Registries', icon: DnsIcon, also: ['/zones'] },
      { to: '/prices', text: 'Prices', icon: SellIcon, also: ['/price-lists', '/reserved-words'] },
      { to: '/refund-limits', text: 'Refund limits', icon: TuneIcon, permission: 'money:read' },
      { to: '/seller', text: 'Seller', icon: StorefrontIcon, permission: 'money:read' },
      { to: '/receivers', text: 'Notifications', icon: ForwardToInboxIcon },
      { to: '/staff', text: 'Staff', icon: PeopleIcon, permission: 'staff:read' },
      { to: '/roles', text: 'Roles', icon: BadgeIcon },
      { to: '/audit', text: 'Audit', icon: HistoryIcon },
    ],
  },
]

/** The entries that a person with these roles sees. */
export function entriesOf(entries: readonly MenuEntry[], roles: readonly Role[]): readonly MenuEntry[] {
  return entries.filter(({ permission }) => permission === undefined || may(roles, permission))
}
