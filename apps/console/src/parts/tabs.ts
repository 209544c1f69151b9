import type { PageTab } from './PageTabs.tsx'

/** The pages that share an entry of the menu. */
export const syncTabs: readonly PageTab[] = [
  { to: '/sync-runs', text: 'Lists' },
  { to: '/list-sources', text: 'Sources' },
]
