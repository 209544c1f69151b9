export const help = {
  help: {
    title: 'Help',
    fees: {
      title: 'Fees',
      text: 'The price of a name is final: it includes the registration for one year, and no service fee is added. What you ordered at stays, whatever prices become later.',
    },
    procedure: {
      title: 'How a backorder works',
      text: 'Choose a name, order it and pay. The first who submits and pays holds the name; there is no auction. At the drop we send registration commands to the registry. You follow the order on “My backordered domains”.',
    },
    times: {
      title: 'Times',
      text: 'New names are published daily. Orders close some hours before the drop; the exact time is on each name’s page, in your own time zone. Registries may move a drop: then you are notified, and your order stays.',
    },
    settlement: {
      title: 'Settlement time',
      text: 'The settlement time of a successful order is the creation date in WHOIS and RDAP, as the registry reports it.',
    },
    failures: {
      title: 'Why registrations fail',
      text: 'Somebody else registered the name first; the registry did not delete it in the window; it was renewed or restored by its holder; it became a premium name; or the registry refuses it. Most drops are contested, and the case page shows every attempt with its time and answer.',
    },
    cancellation: {
      title: 'No cancellation',
      text: 'A paid backorder cannot be cancelled, and there is no refund before the result is known. An unpaid order can be released at any time and lapses by itself after some minutes.',
    },
    refunds: {
      title: 'Where refunds go',
      text: 'If an order fails, the whole price is refunded automatically, once. It goes back to the payment that it came from. If your account owes money at that moment, it is credited to your balance instead.',
    },
    invoices: {
      title: 'Invoices',
      text: 'After a successful order or renewal you can request an invoice on its page. It is issued to the billing details of your account. A later refund makes a credit note.',
    },
    premium: {
      title: 'Premium names',
      text: 'Names that the registry sells at a premium price cannot be backordered. A name that becomes premium after you ordered fails at the drop and is refunded: we never pay more than the standard fee.',
    },
    terms: {
      title: 'Terms',
      text: 'By signing up you accept these notices as the terms of the service. The version and time of your acceptance are kept.',
    },
  },
} as const
