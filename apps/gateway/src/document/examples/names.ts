import { cardPayment } from './orders.ts'
import { at, id, one, type SchemaExamples, usd } from './story.ts'

const nameServers = [
  { name: 'ns1.example.net' },
  { name: 'ns2.example.com', addresses: ['192.0.2.53', '2001:db8::53'] },
]

const registration = {
  id: id.registration,
  backorder_id: id.won,
  name: 'example.com',
  zone: 'com',
  state: 'registered',
  created_at: at.caught,
  expires_at: at.expiry,
}

const request = {
  id: id.request,
  registration_id: id.registration,
  name: 'example.com',
  created_at: '2026-02-16T08:02:11.640Z',
}

const address = {
  name: 'Rita Registrant',
  org: 'Example Ltd',
  street: ['1 Main Street'],
  city: 'London',
  postal_code: 'SW1A 1AA',
  country: 'GB',
}

const written = { int: address, voice: '+44.2071234567', email: 'names@example.com' }

const contact = {
  id: id.contact,
  version: 1,
  ...written,
  is_default: true,
  created_at: at.published,
  updated_at: at.published,
  registries: [{ registry: 'com', handle: 'DL2OYI51G9CUUU3', state: 'created' }],
}

const renewalBase = {
  registration_id: id.registration,
  backorder_id: id.won,
  name: 'example.com',
  years: 1,
  price: usd(1_500),
}

const renewal = {
  id: id.renewal,
  ...renewalBase,
  state: 'successful',
  quoted_expires_at: at.expiry,
  new_expires_at: '2028-02-15T19:00:00.412Z',
  created_at: '2027-01-20T12:00:00.000Z',
  paid_at: '2027-01-20T12:00:00.000Z',
  decided_at: '2027-01-20T12:00:02.318Z',
}

const { backorder_id: _, ...payment } = cardPayment

/** Of registrations, their changes, contacts and renewals. */
export const nameExamples: SchemaExamples = {
  Registration: one({
    ...registration,
    confirmed_at: '2026-02-16T08:02:14.022Z',
    statuses: ['ok'],
    name_servers: nameServers,
    contacts: [{ role: 'registrant', handle: 'DL2OYI51G9CUUU3', contact_id: id.contact }],
  }),
  RegistrationPage: one({ items: [registration] }),
  SetNameServers: one({ name_servers: nameServers }),
  SetContacts: one({ contact_id: id.contact }),
  RegistrationRequest: one(
    {
      ...request,
      kind: 'auth_code',
      state: 'succeeded',
      decided_at: '2026-02-16T08:02:12.115Z',
      auth_code_valid_until: '2026-02-23T08:02:12.115Z',
    },
    'The auth code is set and can be shown once',
  ),
  RegistrationRequestPage: one({
    items: [{ ...request, kind: 'name_servers', state: 'queued', name_servers: nameServers }],
  }),
  AuthCode: one({ auth_code: 'nPQSOZB466nRXpuNLeEkdt-Aa1', valid_until: '2026-02-23T08:02:12.115Z' }),
  WriteContact: one(written),
  Contact: one(contact),
  ContactPage: one({ items: [contact] }),
  RenewalQuote: one({
    ...renewalBase,
    expires_at: at.expiry,
    new_expires_at: '2028-02-15T19:00:00.412Z',
    valid_until: '2027-01-20T13:00:00.000Z',
  }),
  OrderRenewal: one({ years: 1, payment: 'balance', price: usd(1_500), expires_at: at.expiry }),
  OrderedRenewal: {
    paid: {
      summary: 'Paid from the balance',
      value: {
        ...renewal,
        state: 'paid',
        new_expires_at: undefined,
        decided_at: undefined,
      },
    },
    card: {
      summary: 'By card: to be paid by `pay_by`',
      value: {
        id: id.renewal,
        ...renewalBase,
        state: 'pending_payment',
        quoted_expires_at: at.expiry,
        created_at: renewal.created_at,
        pay_by: '2027-01-20T12:15:00.000Z',
        payment: {
          ...payment,
          id: id.renewalPayment,
          purpose: 'renewal',
          amount: usd(1_500),
          name: 'example.com',
          renewal_id: id.renewal,
          created_at: renewal.created_at,
          pay_by: '2027-01-20T12:15:00.000Z',
        },
      },
    },
  },
  Renewal: one(renewal),
  RenewalPage: one({ items: [renewal] }),
}

const requestOf = (kind: string, more: object) =>
  one({ ...request, kind, state: 'queued', ...more }, 'It will be sent to the registry')

/** Answers of operations whose schema has another example. */
export const nameAnswers: SchemaExamples = {
  setNameServers: requestOf('name_servers', { name_servers: nameServers }),
  setContacts: requestOf('contacts', { contacts: [{ role: 'registrant', contact_id: id.contact }] }),
  requestAuthCode: requestOf('auth_code', {}),
}
