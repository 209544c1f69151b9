import type { Permission } from './staff.ts'

/** Lists of customers' money, by the first part of their path below `/api/`. */
const moneyLists: ReadonlySet<string> = new Set([
  'accounts',
  'bank-transfers',
  'finance-tasks',
  'invoices',
  'months',
  'payments',
  'proposals',
  'reconciliation',
  'refund-limits',
  'refunds',
])

/**
 * The permission to take a whole list as a file, by its path below `/api/`: that of reading it, but for customers' money, which is
 * exported by finance alone.
 */
export function filePermission(path: string, toRead: Permission): Permission {
  return toRead === 'money:read' || moneyLists.has(path.split('/', 1)[0] ?? '') ? 'money:export' : toRead
}
