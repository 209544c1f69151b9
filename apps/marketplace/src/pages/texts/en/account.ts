export const account = {
  account: {
    title: 'Account',
    sections: {
      balance: 'Balance',
      statement: 'Statement',
      invoices: 'Invoices',
      contacts: 'Contacts',
      watches: 'Watch list',
      people: 'People',
      mails: 'E-mails',
      keys: 'API keys',
      webhooks: 'Webhooks',
      security: 'Sign-in and privacy',
    },
  },
} as const
