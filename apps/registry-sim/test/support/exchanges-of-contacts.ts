import { CONTACT, commandXml, createXml, HOST, objectXml, otherXml } from './epp-client.ts'
import type { Exchange } from './exchange.ts'

/** Contacts and hosts. */

type Given = Pick<Exchange, 'before' | 'options'>

const inside = (means: string, xml: string, code: number, given: Given = {}): Exchange => ({
  means,
  as: 'droplock',
  xml,
  code,
  ...given,
})

const name = (text: string) => `<d:name>${text}</d:name>`
const own: Given = { before: [createXml('own.pl')] }

const address =
  '<o:addr><o:street>1 Main St</o:street><o:city>Łódź</o:city><o:pc>90-001</o:pc><o:cc>PL</o:cc></o:addr>'
export const postalInfo = `<o:postalInfo type="int"><o:name>Jan &amp; Co</o:name><o:org>Org</o:org>${address}</o:postalInfo>`
export const contactXml = (id: string, middle = postalInfo) =>
  otherXml(
    CONTACT,
    'create',
    `<o:id>${id}</o:id>${middle}<o:voice x="12">+48.221234567</o:voice><o:email>jan@example.pl</o:email>` +
      '<o:authInfo><o:pw>secret-99</o:pw></o:authInfo><o:disclose flag="0"><o:name type="int"/><o:email/></o:disclose>',
  )
const contact: Given = { before: [contactXml('jan-1')] }
const id = '<o:id>jan-1</o:id>'

const contacts: readonly Exchange[] = [
  inside('a create of a contact', contactXml('jan-1'), 1000),
  inside('a create of a contact that exists', contactXml('jan-1'), 2302, contact),
  inside(
    'a create of a contact without an address',
    contactXml('jan-1', '<o:postalInfo type="int"><o:name>Jan</o:name></o:postalInfo>'),
    2003,
  ),
  inside(
    'a create of a contact with its postalInfo twice',
    contactXml('jan-1', postalInfo + postalInfo),
    2001,
  ),
  inside('a check of contacts', otherXml(CONTACT, 'check', `${id}<o:id>jan-2</o:id>`), 1000, contact),
  inside('an info of a contact', otherXml(CONTACT, 'info', id), 1000, contact),
  inside('an info of a linked contact', otherXml(CONTACT, 'info', id), 1000, {
    before: [
      contactXml('jan-1'),
      createXml('own.pl'),
      objectXml('update', `${name('own.pl')}<d:chg><d:registrant>jan-1</d:registrant></d:chg>`),
    ],
  }),
  inside(
    'an info of a contact with a wrong authInfo',
    otherXml(CONTACT, 'info', `${id}<o:authInfo><o:pw>wrong</o:pw></o:authInfo>`),
    2202,
    contact,
  ),
  inside(
    'an update of a contact',
    otherXml(
      CONTACT,
      'update',
      `${id}<o:add><o:status s="clientUpdateProhibited"/></o:add><o:chg><o:postalInfo type="loc"><o:name>Jan</o:name>${address}</o:postalInfo>` +
        '<o:voice/><o:email>jan@example.org</o:email></o:chg>',
    ),
    1000,
    contact,
  ),
  inside('an update of a contact that is not there', otherXml(CONTACT, 'update', id), 2303),
  inside('a delete of a contact', otherXml(CONTACT, 'delete', id), 1000, contact),
  inside('a delete of a contact that a domain names', otherXml(CONTACT, 'delete', id), 2305, {
    before: [
      contactXml('jan-1'),
      createXml('own.pl'),
      objectXml('update', `${name('own.pl')}<d:chg><d:registrant>jan-1</d:registrant></d:chg>`),
    ],
  }),
  inside(
    'a contact where there are none',
    commandXml(`<info><o:info xmlns:o="${CONTACT}">${id}</o:info></info>`),
    2307,
    { options: { contacts: 'none' } },
  ),
]

const hostXml = (host: string, more = '') => otherXml(HOST, 'create', `<o:name>${host}</o:name>${more}`)
const ns1 = '<o:name>ns1.own.pl</o:name>'
const host: Given = { before: [createXml('own.pl'), hostXml('ns1.own.pl', '<o:addr>192.0.2.1</o:addr>')] }

const hosts: readonly Exchange[] = [
  inside('a create of a host of another registry', hostXml('ns1.example.net'), 1000),
  inside(
    'a create of a host with glue',
    hostXml('ns1.own.pl', '<o:addr ip="v6">2001:db8::1</o:addr>'),
    1000,
    own,
  ),
  inside('a create of a host that exists', hostXml('ns1.own.pl'), 2302, host),
  inside('a create of a host below an unregistered name', hostXml('ns1.own.pl'), 2303),
  inside('a create of a host below another’s name', hostXml('ns1.restored.pl'), 2201),
  inside(
    'a create of an external host with an address',
    hostXml('ns1.example.net', '<o:addr>192.0.2.1</o:addr>'),
    2306,
  ),
  inside(
    'a create of a host with no IP address',
    hostXml('ns1.own.pl', '<o:addr>999.0.2.1</o:addr>'),
    2005,
    own,
  ),
  inside(
    'a check of hosts',
    otherXml(HOST, 'check', `${ns1}<o:name>ns2.own.pl</o:name><o:name>bad_one</o:name>`),
    1000,
    host,
  ),
  inside('an info of a host', otherXml(HOST, 'info', ns1), 1000, host),
  inside('an info of an unknown host', otherXml(HOST, 'info', ns1), 2303),
  inside(
    'an update of a host',
    otherXml(
      HOST,
      'update',
      `${ns1}<o:add><o:addr ip="v6">2001:db8::2</o:addr><o:status s="clientDeleteProhibited"/></o:add>` +
        '<o:rem><o:addr>192.0.2.1</o:addr></o:rem><o:chg><o:name>ns9.own.pl</o:name></o:chg>',
    ),
    1000,
    host,
  ),
  inside('a delete of a host', otherXml(HOST, 'delete', ns1), 1000, host),
  inside('a delete of a host a domain is delegated to', otherXml(HOST, 'delete', ns1), 2305, {
    before: [
      ...(host.before ?? []),
      objectXml('update', `${name('own.pl')}<d:add><d:ns><d:hostObj>ns1.own.pl</d:hostObj></d:ns></d:add>`),
    ],
  }),
]

export const otherExchanges: readonly Exchange[] = [...contacts, ...hosts]
