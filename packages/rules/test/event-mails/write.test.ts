import { describe, expect, test } from 'vitest'
import {
  MAIL_RETRY_MS_MAX,
  mailKindOf,
  mailKinds,
  mailKindTable,
  mailRetryPauseMs,
  mailTopics,
} from '../../src/event-mails/kinds.ts'
import { type MailedTopic, writeEventMail } from '../../src/event-mails/write.ts'
import { accountTopics } from '../../src/events.ts'
import { languages } from '../../src/members.ts'

const usd = (amountMinor: number) => ({ amount_minor: amountMinor, currency: 'USD' })
const at = '2026-11-30T14:05:00.000Z'

/** Something of every topic that is mailed. All fields that any of them has. */
const anything = {
  id: '01a00000-0000-7000-8000-000000000001',
  name: 'xn--bcher-kva.com',
  number: 'INV-7',
  state: 'failed',
  // Of orders and of renewals.
  failure_reason: 'refused',
  price: usd(1_900),
  amount: usd(1_900),
  gross: usd(2_299),
  balance: usd(450),
  low_balance: usd(5_000),
  destination: 'original_payment',
  refund: { id: '1', state: 'succeeded', destination: 'balance', amount: usd(1_900) },
  created_at: at,
  cutoff_at: at,
  drop_from: at,
  drop_to: '2026-11-30T15:05:07.000Z',
  settled_at: at,
  expires_at: '2027-11-30T14:05:00.000Z',
  renewable_until: at,
  new_expires_at: at,
}

const topicOf = (topic: string, total = 1, events: readonly object[] = [anything]) =>
  ({ topic, total, events }) as unknown as MailedTopic

const write = (topics: readonly MailedTopic[], language: 'en' | 'zh' = 'en') =>
  writeEventMail({
    language,
    name: 'Anna',
    topics,
    origin: 'https://pages.example',
    unsubscribeUrl: 'https://pages.example/mails/off?key=k',
    nameText: (name) => name.replace('xn--bcher-kva', 'bücher'),
  })

describe.each(languages)('in %s', (language) => {
  test.each(mailTopics)(
    '%s: a mail has a subject of one line, and a text in which nothing is missing',
    (topic) => {
      for (const total of [1, 12]) {
        const { subject, text } = write(
          [topicOf(topic, total, [anything, anything].slice(0, total))],
          language,
        )
        expect(subject).not.toMatch(/[\r\n]|undefined|NaN|\[object/)
        expect(text.replaceAll(/https:\S+/g, '')).not.toMatch(/undefined|NaN|\[object|xn--/)
        expect(subject.length).toBeGreaterThan(3)
        expect(text).toContain(`https://pages.example/${language}/`)
        expect(text).toContain('https://pages.example/mails/off?key=k')
        expect(text).toContain(`https://pages.example/${language}/account/mails`)
      }
    },
  )

  test('a topic whose optional fields are missing is written without them', () => {
    const bare = {
      id: anything.id,
      name: anything.name,
      price: usd(1),
      amount: usd(1),
      gross: usd(1),
      balance: usd(1),
      number: '1',
      destination: 'balance',
      cutoff_at: at,
      drop_from: at,
      drop_to: at,
      expires_at: at,
    }
    for (const topic of mailTopics)
      expect(write([topicOf(topic, 1, [bare])], language).text).not.toMatch(/undefined|NaN|\[object/)
  })
})

test('amounts have their currency and decimals, times are in UTC and say so', () => {
  const { text } = write([topicOf('backorder.secured')])
  expect(text).toContain('bücher.com is paid (19.00 USD)')
  expect(text).toContain('between 2026-11-30 14:05 UTC and 2026-11-30 15:05:07 UTC')
  const yen = { ...anything, price: { amount_minor: 1_900, currency: 'JPY' } }
  expect(write([topicOf('backorder.secured', 1, [yen])]).text).toContain('(1900 JPY)')
})

test('each line leads to the page about it', () => {
  const { text } = write([
    topicOf('backorder.failed'),
    topicOf('refund.succeeded', 1, [{ ...anything, backorder_id: 'the-order' }]),
    topicOf('balance.low'),
    topicOf('invoice.issued', 1, [{ ...anything, backorder_id: 'the-order' }]),
    topicOf('watch.cutoff_near'),
  ])
  const links = [...text.matchAll(/https:\/\/pages\.example\/en\/(\S+)/g)].map(([, path]) => path)
  expect(links).toEqual([
    `orders/${anything.id}`,
    'orders/the-order',
    'account/balance',
    `invoices/${anything.id}/pdf`,
    `names/${anything.name}`,
    'account/mails',
  ])
})

test('what a mail does not name is on the page of its kind', () => {
  const { text } = write(
    ['backorder.failed', 'watch.cutoff_near', 'invoice.issued'].map((topic) => topicOf(topic, 2)),
  )
  const links = [...text.matchAll(/And 1 more\. All of them:\nhttps:\/\/pages\.example\/en\/(\S+)/g)]
  expect(links.map(([, path]) => path)).toEqual(['orders', 'account/watches', 'account/invoices'])
})

test('whose contact is refused is sent to the contacts, with what the registry said', () => {
  const refused = { ...anything, refused_contact: { answer_message: 'postal code' } }
  const { text } = write([topicOf('backorder.contact_refused', 1, [refused])])
  expect(text).toContain('(“postal code”)')
  expect(text).toContain('https://pages.example/en/account/contacts\n')
})

test('a mail about 10,000 results names some, and says how many more there are', () => {
  const { subject, text } = write([
    topicOf(
      'backorder.failed',
      10_000,
      Array.from({ length: 40 }, () => anything),
    ),
  ])
  expect(subject).toBe('Not registered: 10,000 names')
  expect(text.match(/could not be registered/g)).toHaveLength(40)
  expect(text).toContain('And 9,960 more.')
  expect(text.length).toBeLessThan(20_000)
})

test('the subject of a mail about many topics names the three that matter most', () => {
  const { subject } = write(mailTopics.map((topic) => topicOf(topic, 2)))
  expect(subject).toBe('Registered for you: 2 names, Not registered: 2 names, 2 refunds did not go through')
})

test('every kind is about topics of accounts, and no topic is of two kinds', () => {
  const all = mailKinds.flatMap((kind) => [...mailKindTable[kind]])
  expect(new Set(all).size).toBe(all.length)
  for (const topic of all) expect(accountTopics).toContain(topic)
  expect(mailKindOf('backorder.failed')).toBe('result')
  expect(() => mailKindOf('alarm.opened')).toThrow(RangeError)
})

test('pauses between attempts grow to a quarter of an hour, and end after three days', () => {
  expect([1, 2, 3, 20].map((attempts) => mailRetryPauseMs(attempts, 0, 0))).toEqual([
    15_000, 30_000, 60_000, 900_000,
  ])
  expect(mailRetryPauseMs(1, 0, 0.5)).toBe(16_500)
  expect(mailRetryPauseMs(20, MAIL_RETRY_MS_MAX - 1, 0)).toBe(900_000)
  expect(mailRetryPauseMs(20, MAIL_RETRY_MS_MAX, 0)).toBeUndefined()
})
