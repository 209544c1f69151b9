import type { Permission } from './staff.ts'

/** Lists of customers' money, by the first part of their path below `/api/`. */
const moneyLists: ReadonlySet<string> = new Set([
  'accounts',
  'bank-transfers',
  'disputes',
  'finance-tasks',
  'goodwill-credits',
  'invoices',
  'ledger',
  'months',
  'payments',
  'payouts',
  'proposals',
  'receivables',
  'reconciliation',
  'refund-ages',
  'refund-limits',
  'refund-report',
  'refunds',
  'revenue-report',
])

/**
 * The permission to take a whole list as a file, by its path below `/api/`: that of reading it, but for customers' money that many may
 * read, which is exported by finance alone.
 */
export function filePermission(path: string, toRead: Permission): Permission {
  const isMoney = toRead === 'console:read' && moneyLists.has(path.split('/', 1)[0] ?? '')
  return toRead === 'money:read' || isMoney ? 'money:export' : toRead
}
