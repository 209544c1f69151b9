export const mails = {
  mails: {
    about:
      'We send what you choose here to {email}. Other people of the account choose for themselves. What happens at about the same time comes in one e-mail.',
    kinds: {
      secured: { label: 'Backorders', about: 'An order is paid, or the registry refuses its contact.' },
      rescheduled: { label: 'Drop moved', about: 'The drop of a name that you ordered was moved.' },
      premium: {
        label: 'Premium price',
        about: 'The registry asks a premium price for a name that you ordered.',
      },
      result: { label: 'Results', about: 'A name was registered for you, or could not be registered.' },
      refund: { label: 'Refunds', about: 'Money was refunded to you, or a refund did not go through.' },
      invoice: { label: 'Invoices', about: 'An invoice or a credit note was issued.' },
      balance: { label: 'Low balance', about: 'The balance fell below the limit that you set.' },
      renewal: {
        label: 'Expiry and renewal',
        about: 'A name expires soon, has expired, was renewed or could not be renewed.',
      },
      watch: { label: 'Watch list', about: 'Orders for a watched name close soon, or its drop was moved.' },
    },
    which: 'What you get e-mails about',
    saved: '“{kind}” is {on, select, true {on} other {off}}. Saved.',
    bounceTitle: 'E-mails to {email} are returned',
    bounce:
      'Its mail server refused an e-mail to this address on <at></at>. We send nothing there until you confirm that the address is right, or change it.',
    bounceAnswer: 'The mail server’s answer: {answer}',
    tryAgain: 'The address is right: try again',
    tryingAgain: 'We send e-mails to {email} again.',
    changeAddress: 'Change the address',
    off: {
      title: 'Switch off e-mails',
      about: 'You will no longer get e-mails about:',
      confirm: 'Switch off',
      doneTitle: 'Switched off',
      done: 'You will get no more e-mails about this. You can switch them on again at any time:',
      toChoices: 'Choose your e-mails',
      oldTitle: 'This link no longer works',
      old: 'Choose in your account which e-mails you get.',
    },
  },
  notices: {
    title: 'Notices',
    dismiss: 'Dismiss',
    others: '{count, plural, one {One more notice} other {# more notices}}',
    more: 'and {count} more',
    suspendedTitle: 'This account is suspended',
    suspended:
      'Nothing can be ordered or changed at the moment. Orders that are paid stay valid. Write to us to find out why.',
    refundFailed: {
      title: '{count, plural, one {A refund did not go through} other {# refunds did not go through}}',
      text: 'We are taking care of it. Your money is not lost.',
    },
    expired: {
      title: '{count, plural, one {A name has expired} other {# names have expired}}',
      text: 'Renew {count, plural, one {it} other {them}} within the next few days, or the registry deletes {count, plural, one {it} other {them}}.',
    },
    expiring: {
      title: '{count, plural, one {A name expires soon} other {# names expire soon}}',
      text: 'Renew {count, plural, one {it} other {them}} in time to keep {count, plural, one {it} other {them}}.',
    },
    premium: {
      title:
        '{count, plural, one {The registry asks a premium price for a name that you ordered} other {The registry asks a premium price for # names that you ordered}}',
      text: 'If it still does at the drop, the order fails and you get your money back. You are never charged more.',
    },
    rescheduled: {
      title:
        '{count, plural, one {The drop of a name that you ordered was moved} other {The drops of # names that you ordered were moved}}',
      text: 'Your orders stay valid; there is nothing you need to do.',
    },
    lowBalance: {
      title: 'Your balance is low: {balance}',
      text: 'It is below the limit that you set. Top it up so that orders and renewals can be paid.',
      action: 'Top up',
    },
    webhookDisabled: {
      title:
        '{count, plural, one {A webhook endpoint was disabled} other {# webhook endpoints were disabled}}',
      text: '{count, plural, one {It receives} other {They receive}} no events until you enable {count, plural, one {it} other {them}} again.',
      action: 'Webhooks',
    },
  },
  termsNotice: {
    title: 'Our terms have changed',
    text: 'Please read and accept them. What you have ordered stays as it was.',
    accept: 'Accept the terms',
    read: 'Read the terms',
    accepted: 'Thank you. You have accepted the terms.',
  },
} as const
