import type { FailureReason } from '../machines/backorder.ts'
import type { RefundDestination } from '../machines/refund.ts'
import type { RenewalFailure } from '../machines/renewal.ts'
import type { MailTexts } from './texts.ts'

const failures: Readonly<Record<FailureReason, string>> = {
  lost: 'someone else registered it first',
  missed: 'the registry did not delete it in its drop window',
  premium: 'the registry now asks a premium price, and premium names cannot be backordered',
  withdrawn: 'it was renewed, restored or withdrawn before the drop',
  refused: 'the registry does not allow its registration',
}

const renewalFailures: Readonly<Record<RenewalFailure, string>> = {
  refused: 'the registry refused it',
  not_held: 'the name is no longer registered through us',
  expiry_moved: 'its expiry date had changed in the meantime',
  unavailable: 'the registry could not be reached in time',
}

const destinations: Readonly<Record<RefundDestination, string>> = {
  balance: 'to your balance',
  original_payment: 'to your original payment method',
}

const paidFor = (name: string) => (name === '' ? '' : ` for ${name}`)
const names = (count: number) => (count === 1 ? '1 name' : `${count.toLocaleString('en')} names`)
const count = (total: number, one: string, many: string) =>
  total === 1 ? `1 ${one}` : `${total.toLocaleString('en')} ${many}`

export const english: MailTexts = {
  hello: (name) => `Hello ${name},`,
  more: (more) => `And ${more.toLocaleString('en')} more. All of them:`,
  together: (headings) => headings.join(', '),
  footer: (choices, unsubscribe) => [
    '-- ',
    'Droplock',
    `Choose which e-mails you get: ${choices}`,
    `Switch off e-mails like this one: ${unsubscribe}`,
  ],
  topics: {
    'backorder.successful': {
      subject: ({ name }) => `${name} is registered for you`,
      heading: (total) => `Registered for you: ${names(total)}`,
      line: ({ name, time }, { settled_at: settledAt, expires_at: expiresAt }) =>
        [
          `${name} is registered for you.`,
          settledAt === undefined ? '' : `Its creation date in WHOIS is ${time(settledAt)}.`,
          expiresAt === undefined
            ? ''
            : `It is registered until ${time(expiresAt)}; renew it before then to keep it.`,
        ]
          .filter((sentence) => sentence !== '')
          .join(' '),
    },
    'backorder.failed': {
      subject: ({ name }) => `${name} could not be registered`,
      heading: (total) => `Not registered: ${names(total)}`,
      line: ({ name, money }, { failure_reason: reason, refund }) =>
        [
          `${name} could not be registered${reason === undefined ? '' : `: ${failures[reason]}`}.`,
          refund === undefined
            ? 'What you paid is being refunded.'
            : `${money(refund.amount)} ${refund.state === 'succeeded' ? 'was' : 'is being'} refunded ${destinations[refund.destination]}.`,
        ].join(' '),
    },
    'backorder.secured': {
      subject: ({ name }) => `${name} is backordered`,
      heading: (total) => `Backordered: ${names(total)}`,
      line: ({ name, money, time }, { price, drop_from: from, drop_to: to }) =>
        `${name} is paid (${money(price)}) and backordered for you alone. It is expected to drop between ${time(from)} and ${time(to)}. A paid order cannot be cancelled. If the name cannot be registered for you, you get your money back.`,
    },
    'backorder.contact_refused': {
      subject: ({ name }) => `The registry refuses the contact of ${name}`,
      heading: (total) => `Contact refused: ${names(total)}`,
      line: ({ name }, { refused_contact: contact }) =>
        [
          `The registry refuses the contact that you ordered ${name} with${contact?.answer_message === undefined ? '' : ` (“${contact.answer_message}”)`}.`,
          'Correct it before the drop: otherwise the name cannot be registered for you.',
        ].join(' '),
    },
    'backorder.rescheduled': {
      subject: ({ name }) => `The drop of ${name} was moved`,
      heading: (total) => `Moved: ${names(total)}`,
      line: ({ name, time }, { drop_from: from, drop_to: to }) =>
        `The drop of ${name} was moved: it is now between ${time(from)} and ${time(to)}. Your order stays valid, and there is nothing you need to do.`,
    },
    'backorder.premium_flagged': {
      subject: ({ name }) => `The registry asks a premium price for ${name}`,
      heading: (total) => `Premium price: ${names(total)}`,
      line: ({ name }) =>
        `The registry asks a premium price for ${name}. Your order stays for now. If it still does at the drop, the order fails and you get your money back. You are never charged more.`,
    },
    'refund.succeeded': {
      subject: ({ amount }) => `Refund of ${amount}`,
      heading: (total) => count(total, 'refund', 'refunds'),
      line: ({ name, amount }, { destination }) =>
        `${amount}${paidFor(name)} was refunded ${destinations[destination]}.${destination === 'balance' ? '' : ' Banks take some days to show a refund to a card; on a balance it is there at once.'}`,
    },
    'refund.failed': {
      subject: ({ amount }) => `The refund of ${amount} did not go through`,
      heading: (total) => `${count(total, 'refund', 'refunds')} did not go through`,
      line: ({ name, amount }) =>
        `The refund of ${amount}${paidFor(name)} did not go through. We are taking care of it, and will write to you if we need anything. Your money is not lost.`,
    },
    'registration.expiring': {
      subject: ({ name }, { expires_at: at }) => `${name} expires on ${at.slice(0, 10)}`,
      heading: (total) => `About to expire: ${names(total)}`,
      line: ({ name, time }, { expires_at: at }) =>
        `${name} expires on ${time(at)}. Renew it before then to keep it.`,
    },
    'registration.expired': {
      subject: ({ name }) => `${name} has expired`,
      heading: (total) => `Expired: ${names(total)}`,
      line: ({ name, time }, { renewable_until: until }) =>
        `${name} has expired.${until === undefined ? '' : ` You can still renew it until ${time(until)}; after that it is deleted.`}`,
    },
    'renewal.successful': {
      subject: ({ name }) => `${name} is renewed`,
      heading: (total) => `Renewed: ${names(total)}`,
      line: ({ name, time }, { new_expires_at: at }) =>
        `${name} is renewed${at === undefined ? '' : ` until ${time(at)}`}.`,
    },
    'renewal.failed': {
      subject: ({ name }) => `${name} was not renewed`,
      heading: (total) => `Not renewed: ${names(total)}`,
      line: ({ name }, { failure_reason: reason }) =>
        `${name} was not renewed${reason === undefined ? '' : `: ${renewalFailures[reason]}`}. What you paid is being refunded. Try again before the name expires.`,
    },
    'balance.low': {
      subject: ({ money }, { balance }) => `Your balance is low: ${money(balance)}`,
      heading: () => 'Low balance',
      line: ({ money }, { balance, low_balance: threshold }) =>
        `Your balance is ${money(balance)}${threshold === undefined ? '' : `, below the ${money(threshold)} that you set`}. Top it up so that orders and renewals can be paid:`,
    },
    'invoice.issued': {
      subject: (_, { number }) => `Invoice ${number}`,
      heading: (total) => count(total, 'invoice', 'invoices'),
      line: ({ name, money }, { number, gross }) =>
        `Invoice ${number} of ${money(gross)} for ${name}. Sign in to open the PDF:`,
    },
    'credit_note.issued': {
      subject: (_, { number }) => `Credit note ${number}`,
      heading: (total) => count(total, 'credit note', 'credit notes'),
      line: ({ name, money }, { number, gross }) =>
        `Credit note ${number} of ${money(gross)} for ${name}. Sign in to open the PDF:`,
    },
    'watch.cutoff_near': {
      subject: ({ name }) => `Orders for ${name} close soon`,
      heading: (total) => `Closing soon: ${names(total)}`,
      line: ({ name, time }, { cutoff_at: at }) =>
        `${name}, which you are watching, can be ordered until ${time(at)}. Nobody has ordered it yet.`,
    },
    'watch.rescheduled': {
      subject: ({ name }) => `The drop of ${name} was moved`,
      heading: (total) => `Watched names that were moved: ${total.toLocaleString('en')}`,
      line: ({ name, time }, { cutoff_at: at, drop_from: from, drop_to: to }) =>
        `The drop of ${name}, which you are watching, was moved: it is now between ${time(from)} and ${time(to)}. It can be ordered until ${time(at)}.`,
    },
  },
}
