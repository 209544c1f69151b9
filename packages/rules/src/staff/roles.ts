/** Who works in the console. A person may have several roles; what each may do is the one table below. */
export const roles = ['viewer', 'operator', 'finance', 'finance_approver', 'admin'] as const

export type Role = (typeof roles)[number]

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}

export type Permission =
  | 'console:read'
  | 'money:read'
  | 'audit:read'
  | 'syncs:upload'
  | 'syncs:resolve'
  | 'schedules:override'
  | 'refunds:propose'
  | 'refunds:complete'
  | 'refunds:decide'
  | 'refunds:retry'
  | 'tasks:close'
  | 'targets:propose'
  | 'targets:decide'
  | 'proposals:decide'
  | 'transfers:record'
  | 'transfers:decide'
  | 'credit:set'
  | 'limits:set'
  | 'seller:set'
  | 'invoices:issue'
  | 'holds:set'
  | 'reconciliation:close'
  | 'alarms:close'
  | 'receivers:manage'
  | 'money:export'
  | 'invariants:prove'
  | 'staff:manage'
  | 'registries:set'
  | 'prices:set'
  | 'resellers:manage'
  | 'keys:revoke'

const everyone = roles

/**
 * Permission → the roles that have it. Whoever manages staff moves no money, and whoever moves money manages no staff; that a
 * proposer never decides their own refund is a rule of the refund, whatever the roles.
 */
export const permissionTable = {
  'console:read': everyone,
  // What customers have, owe and paid with.
  'money:read': ['operator', 'finance', 'finance_approver', 'admin'],
  'audit:read': everyone,
  'syncs:upload': ['operator', 'admin'],
  'syncs:resolve': ['operator', 'admin'],
  'schedules:override': ['operator', 'admin'],
  'refunds:propose': ['operator', 'finance', 'finance_approver'],
  // Alone, to the destination of rule 9, up to a limit per currency.
  'refunds:complete': ['finance'],
  'refunds:decide': ['finance_approver'],
  'refunds:retry': ['finance', 'finance_approver'],
  'tasks:close': ['finance', 'finance_approver'],
  // How a target ended that nothing decides: it earns money or gives it back.
  'targets:propose': ['operator'],
  'targets:decide': ['operator', 'finance_approver'],
  // Whoever may decide proposals of some kind; which kind, is asked when it is known.
  'proposals:decide': ['operator', 'finance_approver'],
  // Recording credits at once; taking it back needs another person.
  'transfers:record': ['finance', 'finance_approver'],
  'transfers:decide': ['finance_approver'],
  'credit:set': ['finance_approver'],
  // What finance refunds alone is not finance's to raise.
  'limits:set': ['finance_approver'],
  // What stands on every invoice, and the tax in it.
  'seller:set': ['finance_approver'],
  'invoices:issue': ['finance', 'finance_approver'],
  'holds:set': ['operator', 'finance_approver'],
  'reconciliation:close': ['finance', 'finance_approver'],
  // Whoever runs the service; what an alarm is about has rights of its own.
  'alarms:close': ['operator', 'admin'],
  // Who is told of alarms, by mail and webhook.
  'receivers:manage': ['operator', 'admin'],
  // All customers' money, to be taken away as a file.
  'money:export': ['finance', 'finance_approver'],
  'invariants:prove': ['operator', 'finance', 'finance_approver', 'admin'],
  'staff:manage': ['admin'],
  // Registries, our accounts there and their zones, and whether a zone takes orders.
  'registries:set': ['operator', 'admin'],
  // What customers pay, as who sells and what is refunded alone.
  'prices:set': ['finance_approver'],
  // Accounts of resellers and their keys: a key spends what its account has.
  'resellers:manage': ['admin'],
  // Whoever is awake when a key has leaked.
  'keys:revoke': ['operator', 'admin'],
} as const satisfies Record<Permission, readonly Role[]>

/** Whether any of the roles has the permission. */
export function may(held: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = permissionTable[permission]
  return held.some((role) => allowed.includes(role))
}
