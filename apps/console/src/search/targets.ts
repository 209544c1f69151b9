import { may, type Permission } from '@droplock/rules/staff'
import type { Me, SearchResult } from '../api/types.ts'
import { menu } from '../layout/menu.tsx'
import { listLink, recordLink } from '../parts/links.tsx'

/** What can be chosen in the search. */
export type Target = {
  readonly key: string
  readonly group: string
  readonly text: string
  /** Where it leads; a command is done at once. */
  readonly to?: string
  readonly command?: Command
  readonly found?: SearchResult
}

export type Command = 'colours' | 'keys' | 'sign_out'

type Action = {
  readonly text: string
  /** Other words for it. */
  readonly also: string
  readonly permission?: Permission
} & ({ readonly to: string } | { readonly command: Command })

/** What people do, by the page on which it is done. */
const actions: readonly Action[] = [
  { text: 'Upload a list', also: 'sync drop file', to: '/sync-runs', permission: 'syncs:upload' },
  {
    text: 'Publish or discard lists that are held back',
    also: 'quarantine',
    to: listLink('sync-runs', { state: 'quarantined' }),
    permission: 'syncs:resolve',
  },
  {
    text: 'Move a drop window',
    also: 'schedule override',
    to: '/listings',
    permission: 'schedules:override',
  },
  {
    text: 'Approve refunds',
    also: 'decide reject',
    to: listLink('refunds', { state: 'proposed' }),
    permission: 'refunds:decide',
  },
  {
    text: 'Decide proposals',
    also: 'approve reject',
    to: listLink('proposals', { state: 'proposed' }),
    permission: 'proposals:decide',
  },
  { text: 'Record a bank transfer', also: 'credit deposit', to: '/accounts', permission: 'transfers:record' },
  { text: 'Set a refund limit', also: 'single approver', to: '/refund-limits', permission: 'limits:set' },
  {
    text: 'Add a receiver of alarms',
    also: 'mail webhook',
    to: '/receivers',
    permission: 'receivers:manage',
  },
  { text: 'Invite a person', also: 'add staff user colleague', to: '/staff', permission: 'staff:manage' },
  { text: 'Switch between light and dark', also: 'theme colours', command: 'colours' },
  { text: 'Show the keys', also: 'keyboard shortcuts help', command: 'keys' },
  { text: 'Sign out', also: 'log out leave', command: 'sign_out' },
]

/** The pages and actions whose words begin with every word that was typed; all pages while nothing is typed. */
export function pagesAndActions(typed: string, { roles }: Me): readonly Target[] {
  const isAllowed = ({ permission }: { readonly permission?: Permission }) =>
    permission === undefined || may(roles, permission)
  const pages = menu.flatMap(({ entries }) =>
    entries
      .filter((entry) => isAllowed(entry) && matches(entry.text, typed))
      .map(({ to, text }): Target => ({ key: `page ${to}`, group: 'Pages', text, to })),
  )
  if (typed === '') return pages
  const found = actions
    .filter((action) => isAllowed(action) && matches(`${action.text} ${action.also}`, typed))
    .map(
      (action): Target => ({
        key: `action ${action.text}`,
        group: 'Actions',
        text: action.text,
        ...('to' in action ? { to: action.to } : { command: action.command }),
      }),
    )
  return [...pages, ...found]
}

function matches(text: string, typed: string): boolean {
  const words = text.toLowerCase().split(/\s+/)
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)))
}

const resources: Readonly<Record<SearchResult['kind'], readonly [group: string, resource: string]>> = {
  backorder: ['Names and backorders', 'backorders'],
  listing: ['Names and backorders', 'listings'],
  account: ['Accounts', 'accounts'],
  payment: ['Payments', 'payments'],
  refund: ['Refunds', 'refunds'],
  invoice: ['Invoices', 'invoices'],
  bank_transfer: ['Bank transfers', 'bank-transfers'],
}

/** What the server found, kind after kind. */
export function resultTargets(found: readonly SearchResult[]): readonly Target[] {
  const order = Object.values(resources).map(([group]) => group)
  return found
    .map((one): Target => {
      const [group, resource] = resources[one.kind]
      // A bank transfer has no page of its own.
      const to =
        one.kind === 'bank_transfer' ? listLink(resource, { q: one.text }) : recordLink(resource, one.id)
      return { key: `${one.kind} ${one.id}`, group, text: one.text, to, found: one }
    })
    .toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group))
}

/** The lists that are searched by the same text: the search shows the first matches only. */
export function listTargets(typed: string): readonly Target[] {
  return [
    {
      key: 'list backorders',
      group: 'Lists',
      text: `All backorders with “${typed}”`,
      to: listLink('backorders', { q: typed }),
    },
    {
      key: 'list listings',
      group: 'Lists',
      text: `All drop schedules with “${typed}”`,
      to: listLink('listings', { q: typed }),
    },
  ]
}
