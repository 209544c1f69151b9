export const help = {
  help: {
    title: 'Help',
    description:
      'How domain backorders work: fees, procedure, times, settlement time, why registrations fail, no cancellation, refunds, invoices and premium names.',
    contents: 'Contents',
    fees: {
      title: 'Fees',
      final:
        'The price of a name is final. It includes registration for one year; no service fee and no bidding come on top.',
      each: 'Prices differ from name to name. You see the price <names>in the list</names> and on the name’s page, in your currency.',
      locked: 'You pay the price at which you ordered, whatever prices become later.',
      failed: 'If the registration fails, it costs you nothing: the whole price is refunded.',
      renewal: 'Renewals cost the price that the zone’s rules say, on each name’s page.',
    },
    procedure: {
      title: 'How a backorder works',
      choose:
        'Choose a name <names>from the list</names> of names that are about to be deleted. Put those that you are not sure of on your <watches>watch list</watches>.',
      order:
        'Order it, with the <contacts>contact</contacts> that it will be registered to. Check how the name is spelled: an order cannot be changed.',
      pay: 'Pay, from your <balance>balance</balance> or by card. The first who orders and pays holds the name alone. There is no auction, and nobody can order it any more.',
      wait: 'An unpaid order holds the name for {minutes} minutes at most. Then it is free for others, and you can take it again by paying at once.',
      drop: 'When the registry deletes the name, we send registration commands as fast as the registry allows. You can watch it live on <orders>My backordered domains</orders>.',
      result:
        'You are notified of the result by e-mail as soon as it is known. A name that we get is yours for one year; add years by renewing it.',
    },
    times: {
      title: 'Times',
      published:
        'New names are published daily, some days before they are deleted. If the volume of the day is large, the list comes later.',
      cutoff:
        'Orders close some hours before the deletion. The exact time is on each name’s page, in your own time zone.',
      window:
        'A name is deleted within its drop window. How registries release names differs by zone and is on the name’s page.',
      moved: 'A registry may move a drop. You are notified, and your order stays valid.',
      again:
        'A name may be listed again later, whatever became of it. That is a new listing, to be ordered anew.',
    },
    settlement: {
      title: 'Settlement time',
      what: 'The settlement time of a successful order is the creation date of the name at the registry. It is the date that WHOIS and RDAP show.',
      why: 'The registration of one year, and so the expiry date, counts from it.',
    },
    failures: {
      title: 'Why registrations fail',
      intro: 'Many registrars compete for a name in the moment of its deletion. An order fails if:',
      lost: 'somebody else registered it first,',
      missed: 'the registry did not delete it in its window,',
      withdrawn: 'its holder renewed or restored it, or the registry withdrew it,',
      premium: 'it became a premium name,',
      refused: 'the registry refuses it, for instance as a reserved name or because of the contact.',
      evidence:
        'The page of the order says which it was, with every attempt, its time to the millisecond and the registry’s answer. Success rates by zone are on each name’s page.',
    },
    cancellation: {
      title: 'No cancellation',
      paid: 'A paid backorder cannot be cancelled, and nothing is refunded before the result is known. Nobody else can order the name meanwhile.',
      unpaid: 'An unpaid order can be released at any time, and lapses by itself after {minutes} minutes.',
    },
    refunds: {
      title: 'Where refunds go',
      whole: 'If an order fails, its whole price is refunded automatically, once. You need not ask.',
      origin: 'It goes back to where it came from: to the card, or to the <balance>balance</balance>.',
      owed: 'If your account owes money at that moment, the whole amount is credited to the balance instead.',
      days: 'Banks take some days to show a refund to a card. The page of the order says when it was sent.',
      late: 'A card payment that arrives when the name is gone is refunded too.',
    },
    invoices: {
      title: 'Invoices',
      request:
        'After a successful order or renewal you can request an invoice on its page. There is none for an order that failed or is not decided.',
      profile:
        'It is issued to the <invoices>billing details</invoices> of your account. Set them before: an invoice cannot be changed.',
      credit: 'A later refund makes a credit note; the invoice stays.',
      where:
        'All of them can be <invoices>downloaded</invoices> at any time. Every movement of the balance is on the <statement>statement</statement>.',
    },
    premium: {
      title: 'Premium names',
      none: 'Names that the registry sells at a premium price cannot be backordered.',
      later:
        'A name that was standard when you ordered, and is premium when it drops, fails and is refunded. We never pay more than the standard fee.',
      notified:
        'If we see it before the drop, you are notified. It is decided at the drop, for registries change their lists.',
    },
    terms: {
      title: 'Terms',
      accept:
        'By signing up you accept these notices as the terms of the service, in the version of {version}. The version and the time of your acceptance are kept.',
      changed:
        'If they change, you are asked again before you can order. An order follows the terms under which it was paid.',
    },
  },
} as const
