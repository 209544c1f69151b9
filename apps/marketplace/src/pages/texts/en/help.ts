export const help = {
  help: {
    title: 'Help',
    description:
      'How domain backorders work: fees, procedure, times, settlement time, why registrations fail, no cancellation, refunds, invoices and premium names.',
    contents: 'Contents',
    fees: {
      title: 'Fees',
      final:
        'The price of a name is final. It includes taxes and registration for one year. There is no service fee and no bidding.',
      each: 'Prices differ from name to name. You see the price <names>in the list</names> and on the name’s page, in your currency.',
      locked: 'You pay the price at which you ordered, even if prices change later.',
      failed: 'If the registration fails, it costs you nothing: the whole price is refunded.',
      renewal: 'The renewal price is on each name’s page, with the rules of its zone.',
    },
    procedure: {
      title: 'How a backorder works',
      choose:
        'Choose a name <names>from the list</names>: it has the names about to be deleted in all zones that we serve. Put names that you are not sure about on your <watches>watch list</watches>.',
      order:
        'Order it, with the <contacts>contact</contacts> that it will be registered to. Check the spelling of the name: an order cannot be changed.',
      pay: 'Pay from your <balance>balance</balance> or by card. The first customer who orders and pays has the name alone: there is no auction, and nobody else can order it.',
      wait: 'An unpaid order holds the name for up to {minutes} minutes. After that it is free again, and whoever orders and pays first gets it.',
      drop: 'When the registry deletes the name, we send registration commands as fast as the registry allows. You can watch it live on <orders>My backordered domains</orders>.',
      result:
        'You get an e-mail as soon as the result is known. A name that we register for you is yours for one year, and you can renew it for more. Manage it on the page of its order.',
    },
    times: {
      title: 'Times',
      published:
        'New names are published daily, some days before they are deleted. When a day has very many names, the list appears later. The <names>list of names</names> says when the next names are expected.',
      cutoff:
        'Orders close some hours before the deletion. The exact time is on each name’s page, in your own time zone.',
      window:
        'A name is deleted within its drop window. How registries release names differs by zone and is on the name’s page.',
      moved: 'A registry may move a drop. You are notified, and a paid order stays valid.',
      again:
        'A name may be listed again later, whatever the result was. That is a new listing, which has to be ordered anew.',
    },
    settlement: {
      title: 'Settlement time',
      what: 'The settlement time of a successful order is the creation date of the name at the registry. It is the date that WHOIS and RDAP show.',
      why: 'The registration of one year, and so the expiry date, counts from it.',
    },
    failures: {
      title: 'Why registrations fail',
      intro:
        'Many registrars compete for a name at the moment of its deletion, so failures are normal. An order fails if:',
      lost: 'someone else registered the name first,',
      missed: 'the registry did not delete it in its drop window,',
      withdrawn: 'its holder renewed or restored it, or the registry withdrew it,',
      premium: 'it became a premium name, or',
      refused: 'the registry refused it, for instance as a reserved name or because of the contact.',
      evidence:
        'The page of the order gives the reason and lists every attempt, with its time to the millisecond and the registry’s answer. Success rates by zone are on each name’s page.',
    },
    cancellation: {
      title: 'No cancellation',
      paid: 'A paid backorder cannot be cancelled, and nothing is refunded before the result is known. Nobody else can order the name in the meantime.',
      unpaid:
        'You can release an unpaid order at any time. It also lapses by itself after {minutes} minutes.',
    },
    refunds: {
      title: 'Where refunds go',
      whole:
        'If an order or a renewal fails, its whole price is refunded automatically. You do not need to ask.',
      origin: 'It goes back to where it came from: to the card, or to the <balance>balance</balance>.',
      owed: 'If your account owes money at that moment, the whole amount is credited to the balance instead.',
      days: 'Banks take some days to show a refund to a card. The page of the order says when it was sent.',
      failed:
        'If a bank does not accept a refund, you are notified and we find another way. The money is not lost.',
      late: 'A card payment that arrives when the name is no longer available is refunded too.',
    },
    invoices: {
      title: 'Invoices',
      request:
        'After a successful order or renewal you can request an invoice on its page. There is none for an order that failed or has no result yet.',
      profile:
        'It is issued to the <invoices>billing details</invoices> of your account. Check them first: an issued invoice cannot be changed.',
      credit: 'If money is refunded after that, you get a credit note; the invoice stays.',
      where:
        'All of them can be <invoices>downloaded</invoices> at any time. Every transaction of the balance is on the <statement>statement</statement>.',
    },
    premium: {
      title: 'Premium names',
      none: 'Names that the registry sells at a premium price cannot be backordered.',
      later:
        'If a name was standard when you ordered it and is premium when it drops, the order fails and is refunded. We never pay the registry more than the standard fee.',
      notified:
        'If we see it before the drop, you are notified. What counts is the drop, because registries change their lists.',
    },
    terms: {
      title: 'Terms',
      accept:
        'By signing up you accept this page as the terms of the service, in the version of {version}. We keep the version and the time of your acceptance.',
      changed:
        'If the terms change, you are asked again before you can order. An order follows the terms under which it was paid.',
    },
  },
} as const
