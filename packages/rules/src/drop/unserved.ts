/**
 * Why a name with a paid order cannot be served as things are, in the order in which operators solve it. What is known to be so now is
 * taken to be so at the drop.
 */
export const unservedReasons = [
  'registry_stopped',
  'withdrawn',
  'no_account',
  'no_catcher',
  'login_refused',
  'password_expired',
  'certificate_expired',
  'account_not_ready',
  'deposit_empty',
  'no_contacts',
  'in_maintenance',
  'create_budget',
  'capacity',
] as const

export type UnservedReason = (typeof unservedReasons)[number]

/** What each reason means, and what can be done while there is time. */
export const unservedTexts: Readonly<Record<UnservedReason, string>> = {
  registry_stopped: 'Operators have stopped the registry: no create is sent there until it is restarted.',
  withdrawn: 'Operators withdrew the name: no create is sent for it.',
  no_account: 'We have no account at the registry. Add one.',
  no_catcher: 'No catcher drives an account at the registry, and names drop soon. Start one.',
  login_refused: 'The registry refuses our login. Correct the credentials and close the alarm.',
  password_expired: 'Our password at the registry will have expired by then. Change it.',
  certificate_expired:
    'Our client certificate at the registry will have expired by then. Install the next one.',
  account_not_ready: 'An account at the registry lacks what creates in this zone need. Its alarm says what.',
  deposit_empty: 'The registry refuses creates because our deposit is empty. Top it up.',
  no_contacts: 'The zone needs contacts, and neither the order nor the account has them at the registry.',
  in_maintenance: 'The registry announced maintenance for that time. Ask whether the drop moves.',
  create_budget:
    'The budget of failed creates of the day may be used up by the names before it. Another account has its own.',
  capacity:
    'The limits of our accounts do not reach this far in the order of service. More sessions, a higher rate or another account help.',
}

/** What may keep a name from being served, without deciding it. */
export const serviceCautions = [
  'order_unconfirmed',
  'budget_spent',
  'contact_missing',
  'maintenance',
  'suspect',
  'premium',
] as const

export type ServiceCaution = (typeof serviceCautions)[number]

export const cautionTexts: Readonly<Record<ServiceCaution, string>> = {
  order_unconfirmed:
    'If the registry does not release the batch in the order that it shows, names take turns, and this one is not among the first.',
  budget_spent: 'The budget of failed creates of an account is spent at present.',
  contact_missing:
    'A contact of the order is not at the registry, so that the name would be registered to the contact of the account.',
  maintenance: 'The registry announced maintenance for a part of the window.',
  suspect: 'The name left its drop list: it may have been renewed.',
  premium: 'The registry calls the name premium: a create with the standard fee is refused.',
}

/** On what the expectation about a name rests. */
export const serviceBases = ['known_instant', 'order_shown', 'order_expected', 'turns'] as const

export type ServiceBasis = (typeof serviceBases)[number]

export const basisTexts: Readonly<Record<ServiceBasis, string>> = {
  known_instant: 'Released at an instant that is known: the creates of its first second are counted.',
  order_shown: 'In a batch whose order the registry shows: creates follow the release.',
  order_expected: 'In a batch whose order the registry is expected to show shortly before it begins.',
  turns: 'Released at any moment of its window: the first names take turns, each at least every 10 seconds.',
}
