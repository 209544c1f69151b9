import type { PageTab } from './PageTabs.tsx'

/** The pages that share an entry of the menu. */
export const syncTabs: readonly PageTab[] = [
  { to: '/sync-runs', text: 'Lists' },
  { to: '/list-sources', text: 'Sources' },
]

export const scheduleTabs: readonly PageTab[] = [
  { to: '/listings', text: 'Names' },
  { to: '/calendar', text: 'Calendar' },
  { to: '/schedule-changes', text: 'Changes' },
  { to: '/zone-policies', text: 'Zone policies' },
  { to: '/drift', text: 'Drift' },
]

export const withdrawalTabs: readonly PageTab[] = [
  { to: '/withdrawals', text: 'Withdrawn' },
  { to: '/suspects', text: 'Suspects' },
  { to: '/blocked-names', text: 'Blocked' },
]

export const noticeTabs: readonly PageTab[] = [
  { to: '/registry-messages', text: 'Messages' },
  { to: '/maintenances', text: 'Maintenance' },
]

export const priceTabs: readonly PageTab[] = [
  { to: '/prices', text: 'Prices' },
  { to: '/price-lists', text: 'Uploads' },
  { to: '/reserved-words', text: 'Reserved words' },
]

export const registryTabs: readonly PageTab[] = [
  { to: '/registries', text: 'Registries' },
  { to: '/zones', text: 'Zones' },
  { to: '/fee-answers', text: 'Fee checks' },
]

export const reportTabs: readonly PageTab[] = [
  { to: '/revenue-report', text: 'Revenue' },
  { to: '/refund-report', text: 'Refunds' },
  { to: '/receivables', text: 'Ageing' },
]
