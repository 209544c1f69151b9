import { money } from '@droplock/rules/money'
import type { CreateContact, PostalInfo } from '@droplock/rules/ports/registry-objects'
import type { Command } from '../../src/commands/command.ts'
import { checkContacts, createContact, infoContact, updateContact } from '../../src/commands/contact.ts'
import {
  checkDomains,
  deleteDomain,
  infoDomain,
  prepareCreate,
  quoteDomains,
  renewDomain,
  restoreDomain,
  updateDomain,
} from '../../src/commands/domain.ts'
import { checkHosts, createHost, deleteHost, infoHost, updateHost } from '../../src/commands/host.ts'
import { acknowledgeMessage, helloXml, loginXml, logoutXml, pollMessage } from '../../src/commands/session.ts'
import { LOGIN_SEC_URI } from '../../src/extensions/login-sec.ts'
import { NAMESTORE_URI } from '../../src/extensions/namestore.ts'
import { DOMAIN_URI, RGP_URI } from '../../src/namespaces.ts'
import { DEFAULT_EXTENSIONS, dialectOf, type LoginTerms } from '../../src/session/dialect.ts'

/** A registry that offers all that this client supports, and requires a product in every command. */
export const RICH = dialectOf([...DEFAULT_EXTENSIONS, NAMESTORE_URI], {
  subProducts: { com: 'dotCOM', net: 'dotNET' },
})

export const CREDENTIALS = { clID: 'droplock', password: 'foo<&>BAR2' }
export const TERMS: LoginTerms = { version: '1.0', lang: 'en', objects: [DOMAIN_URI], extensions: [RGP_URI] }

const feeCap = money(1000n, 'USD')
const int: PostalInfo = {
  type: 'int',
  name: 'Jan <Novak> & Co',
  org: 'Example',
  street: ['1 Main St', 'Floor 2', 'Room 3'],
  city: 'Dulles',
  province: 'VA',
  postalCode: '20166-6503',
  country: 'US',
}
const loc: PostalInfo = { type: 'loc', name: 'Ян Новак', street: [], city: 'Прага', country: 'CZ' }

const CONTACT: Omit<CreateContact, 'clTRID'> = {
  id: 'sh8013',
  postal: [int, loc],
  voice: '+1.7035555555x1234',
  fax: '+1.7035555556',
  email: 'jan@example.com',
  authInfo: '2foo<BAR>',
  disclosure: { show: false, fields: ['email', 'name', 'voice'] },
}

const ds = {
  kind: 'ds',
  keyTag: 12345,
  algorithm: 13,
  digestType: 2,
  digest: '49FD46E6C4B45C55D4AC',
} as const
const key = { kind: 'key', flags: 257, protocol: 3, algorithm: 1, publicKey: 'AQPJ' } as const
const term = { name: 'example.com', years: 1, authInfo: 'a<b&c>"d' } as const
const report = {
  preData: 'before',
  postData: 'after',
  deletedAt: new Date('2026-07-10T22:00:00Z'),
  restoredAt: new Date('2026-07-20T22:00:00Z'),
  reason: 'Registrant error.',
  statements: ['We did not restore it for ourselves.', 'This is true.'],
} as const

const commands: Record<string, Command<unknown>> = {
  'domain check': checkDomains(['example.com', 'xn--fiqs8s.com']),
  'domain quote': quoteDomains(
    ['example.com'],
    [
      { command: 'create', years: 1, currency: 'USD' },
      { command: 'renew', years: 2, currency: 'USD' },
      { command: 'restore', currency: 'USD' },
    ],
  ),
  'domain quote without currency': quoteDomains(['example.com'], [{ command: 'create' }]),
  'domain info': infoDomain('example.com'),
  'domain info without subordinate hosts': infoDomain('example.com', undefined, 'del'),
  'domain create': prepareCreate(term),
  'domain create with all there is': prepareCreate({
    ...term,
    registrant: 'C-1',
    contacts: [
      { type: 'admin', id: 'C-1' },
      { type: 'tech', id: 'C-2' },
    ],
    nameServers: [{ name: 'ns1.example.net' }, { name: 'ns2.example.net' }],
    dnssec: [ds, ds],
    feeCap,
  }),
  'domain create with host attributes and keys': prepareCreate({
    ...term,
    nameServers: [{ name: 'ns1.example.com', addresses: ['192.0.2.2', '2001:db8::1'] }],
    dnssec: [key],
  }),
  'domain info with an auth code': infoDomain('example.com', '2fooBAR'),
  'domain renew': renewDomain({
    name: 'example.com',
    currentExDate: new Date('2027-04-03T22:00:00Z'),
    years: 5,
  }),
  'domain renew with a fee': renewDomain({
    name: 'example.com',
    currentExDate: new Date('2027-04-03'),
    years: 1,
    feeCap,
  }),
  'domain update': updateDomain({
    name: 'example.com',
    add: {
      nameServers: [{ name: 'ns2.example.net' }],
      statuses: ['clientHold'],
      contacts: [{ type: 'tech', id: 'C-3' }],
    },
    remove: { nameServers: [{ name: 'ns1.example.net' }], statuses: ['clientTransferProhibited'] },
    registrant: 'C-9',
    authInfo: '2BARfoo',
    dnssec: { remove: 'all', add: [ds] },
  }),
  'domain update of DNSSEC that is urgent': updateDomain({
    name: 'example.com',
    dnssec: { remove: [ds], add: [ds], urgent: true },
  }),
  'domain update of DNSSEC that can wait': updateDomain({
    name: 'example.com',
    dnssec: { remove: 'all', urgent: false },
  }),
  'domain update of DNSSEC alone': updateDomain({ name: 'example.com', dnssec: { remove: [key] } }),
  'domain delete': deleteDomain('example.com'),
  'restore request': restoreDomain('example.com'),
  'restore report': restoreDomain('example.com', report),
  'contact check': checkContacts(['sh8013', 'sah8013']),
  'contact create': createContact(CONTACT),
  'contact create, little': createContact({
    ...CONTACT,
    postal: [loc],
    disclosure: { show: true, fields: ['org'] },
  }),
  'contact info': infoContact('sh8013'),
  'contact update': updateContact({
    id: 'sh8013',
    addStatuses: ['clientDeleteProhibited'],
    removeStatuses: ['clientUpdateProhibited'],
    change: { postal: [int], voice: '+1.7034444444', authInfo: '2fooBAR' },
  }),
  'host check': checkHosts(['ns1.example.com', 'ns2.example.com']),
  'host create': createHost('ns1.example.com', ['192.0.2.2', '2001:db8::1']),
  'host create without addresses': createHost('ns1.example.net', []),
  'host info': infoHost('ns1.example.com'),
  'host update': updateHost({
    name: 'ns1.example.com',
    addAddresses: ['192.0.2.22'],
    removeAddresses: ['2001:db8::1'],
  }),
  'host delete': deleteHost('ns1.example.com'),
  poll: pollMessage(),
  'poll ack': acknowledgeMessage('12345 & 6'),
}

export const xmlOf = (frame: Buffer): string => frame.subarray(4).toString('utf8')

const long = {
  ...CREDENTIALS,
  password: 'a password beyond sixteen',
  newPassword: 'another that is long enough',
}

/** Every kind of frame that we send, as its XML. */
export const FRAMES: readonly (readonly [string, string])[] = [
  ['hello', helloXml()],
  ['login', loginXml(CREDENTIALS, TERMS, 'L-1')],
  ['login without extensions', loginXml(CREDENTIALS, { ...TERMS, extensions: [] }, 'L-1')],
  ['login with a new password', loginXml({ ...CREDENTIALS, newPassword: 'bar-FOO2' }, TERMS, 'L-1')],
  ['login with loginSec', loginXml(long, { ...TERMS, extensions: [LOGIN_SEC_URI] }, 'L-1')],
  [
    'login with loginSec and a short password',
    loginXml(CREDENTIALS, { ...TERMS, extensions: [LOGIN_SEC_URI] }, 'L-1'),
  ],
  ['logout', logoutXml('L-2')],
  ...Object.entries(commands).map(([name, one]) => [name, xmlOf(one.frame('ID-1', RICH))] as const),
]
