import type { Topic, topicTable } from './events.ts'
import type { Permission } from './staff.ts'

/** Sent with reads that nobody asked for: what a window reads again because it changed, while nobody uses it. */
export const BACKGROUND_HEADER = 'x-background'

/**
 * The lists of the console of which open windows are notified when they change, with the permission to read each: whoever may not read a list gets no
 * ids of it. Their names are the first part of their paths.
 */
export const liveResources = {
  listings: 'console:read',
  backorders: 'console:read',
  'sync-runs': 'console:read',
  'list-sources': 'console:read',
  'schedule-changes': 'console:read',
  withdrawals: 'console:read',
  'blocked-names': 'console:read',
  drift: 'console:read',
  alarms: 'console:read',
  registries: 'console:read',
  'registry-stops': 'console:read',
  'registry-messages': 'console:read',
  'registry-account-statuses': 'console:read',
  'connection-tests': 'console:read',
  maintenances: 'console:read',
  'price-lists': 'console:read',
  'reserved-words': 'console:read',
  receivers: 'console:read',
  prices: 'console:read',
  'zone-policies': 'console:read',
  refunds: 'console:read',
  audit: 'audit:read',
  'finance-tasks': 'money:read',
  proposals: 'money:read',
  seller: 'money:read',
  'refund-limits': 'money:read',
  payments: 'money:read',
  accounts: 'money:read',
  'bank-transfers': 'money:read',
  disputes: 'money:read',
  payouts: 'money:read',
  invoices: 'money:read',
  reconciliation: 'money:read',
  months: 'money:read',
  'goodwill-credits': 'money:read',
  deliveries: 'money:read',
  staff: 'staff:read',
} as const satisfies Readonly<Record<string, Permission>>

export type LiveResource = keyof typeof liveResources

export function isLiveResource(text: string): text is LiveResource {
  return Object.hasOwn(liveResources, text)
}

/** What an event changes, by the kind of its subject: the list of the subject with its id, and others as a whole. */
export const changedByEvent = {
  backorder: { subject: 'backorders', others: ['listings'] },
  refund: { subject: 'refunds', others: [] },
  payment: { subject: 'payments', others: [] },
  invoice: { subject: 'invoices', others: [] },
  // Noted with its row: it is shown also while no worker numbers events.
  alarm: { subject: undefined, others: [] },
  account: { subject: 'accounts', others: [] },
  drop_list: { subject: undefined, others: ['listings', 'sync-runs'] },
  balance: { subject: undefined, others: ['accounts'] },
  watch: { subject: undefined, others: [] },
  renewal: { subject: undefined, others: ['accounts'] },
  registration: { subject: undefined, others: ['accounts'] },
  registration_request: { subject: undefined, others: ['accounts'] },
  receiver: { subject: undefined, others: ['receivers'] },
  webhook_endpoint: { subject: undefined, others: ['receivers'] },
} as const satisfies Readonly<
  Record<
    (typeof topicTable)[Topic],
    { readonly subject: LiveResource | undefined; readonly others: readonly LiveResource[] }
  >
>

/** More ids than this are not named: then the whole list is read again. */
export const CHANGED_IDS_MAX = 50

/** What has changed of a list: some records, or any. */
export type Changed = { readonly resource: LiveResource; readonly ids?: readonly string[] | undefined }

/** Changes of several lists, each once: the ids of records while they are few. */
export class ChangeSet {
  readonly #ids = new Map<LiveResource, Set<string> | 'any'>()

  add(resource: LiveResource, id?: string): void {
    const known = this.#ids.get(resource)
    if (known === 'any') return
    if (id === undefined || (known !== undefined && known.size >= CHANGED_IDS_MAX && !known.has(id))) {
      this.#ids.set(resource, 'any')
      return
    }
    if (known === undefined) this.#ids.set(resource, new Set([id]))
    else known.add(id)
  }

  get isEmpty(): boolean {
    return this.#ids.size === 0
  }

  /** All of it, and nothing is left. */
  take(): readonly Changed[] {
    const all = [...this.#ids].map(
      ([resource, ids]): Changed => (ids === 'any' ? { resource } : { resource, ids: [...ids] }),
    )
    this.#ids.clear()
    return all
  }
}
