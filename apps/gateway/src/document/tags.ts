/** The resources, in the order in which a reader meets them. */
export const tags = [
  { name: 'Listings', description: 'Names that are about to be deleted: search them, and read one.' },
  { name: 'Backorders', description: 'Order a name, follow the order, and read what was tried at the drop.' },
  { name: 'Bulk orders', description: 'Order many names with one request. Each is an order of its own.' },
  { name: 'Payments', description: 'Card payments of orders, renewals and top-ups, and refunds.' },
  { name: 'Money', description: 'The account: its balance, transactions, statements and forecast.' },
  {
    name: 'Events',
    description: 'What happened in your account: read on from a cursor, or follow it as a stream.',
  },
  {
    name: 'Webhooks',
    description: 'The same events, sent to your endpoints and signed by Standard Webhooks 1.0.',
  },
  {
    name: 'Sandbox',
    description:
      'With a test key: names with a known end in a zone of your own, dropped when you ask for it.',
  },
  { name: 'Invoices', description: 'The billing profile, invoices and credit notes.' },
  { name: 'Registrations', description: 'Names that were caught: name servers, contacts and auth codes.' },
  { name: 'Contacts', description: 'Your contacts, to which names are registered.' },
  { name: 'Renewals', description: 'Renew names that you hold.' },
  { name: 'Watch list', description: 'Names that you follow without ordering them.' },
  { name: 'Downloads', description: 'Drop lists as files, and the calendar of drops.' },
  { name: 'Zones', description: 'What can be ordered, with prices, drop times and rules.' },
  { name: 'API keys', description: 'Make, limit, rotate and revoke the keys of your account.' },
  { name: 'Sub-accounts', description: 'Labels for parts of your business, with monthly limits.' },
] as const
