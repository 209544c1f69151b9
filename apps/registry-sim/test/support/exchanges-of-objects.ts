import { createXml, HOST, infoXml, objectXml, otherXml } from './epp-client.ts'
import type { Exchange } from './exchange.ts'
import { otherExchanges } from './exchanges-of-contacts.ts'

/** Renewals, changes and ends of domains. */

type Given = Pick<Exchange, 'before' | 'options'>

const inside = (means: string, xml: string, code: number, given: Given = {}): Exchange => ({
  means,
  as: 'droplock',
  xml,
  code,
  ...given,
})

const name = (text: string) => `<d:name>${text}</d:name>`
const renewXml = (expires: string, more = '') =>
  objectXml('renew', `${name('own.pl')}<d:curExpDate>${expires}</d:curExpDate>${more}`)
const updateXml = (parts: string) => objectXml('update', `${name('own.pl')}${parts}`)
const deleteXml = (of: string) => objectXml('delete', name(of))
const status = (s: string) => `<d:status s="${s}"/>`
const own: Given = { before: [createXml('own.pl')] }
const after = (...xml: string[]): Given => ({ before: [createXml('own.pl'), ...xml] })

const domains: readonly Exchange[] = [
  inside('a renewal for a year', renewXml('2027-11-24'), 1000, own),
  inside('a renewal for three years', renewXml('2027-11-24', '<d:period unit="y">3</d:period>'), 1000, own),
  inside('a renewal with another curExpDate', renewXml('2028-11-24'), 2004, own),
  inside('a renewal beyond ten years', renewXml('2027-11-24', '<d:period unit="y">10</d:period>'), 2105, own),
  inside(
    'a renewal prohibited by its registrar',
    renewXml('2027-11-24'),
    2304,
    after(updateXml(`<d:add>${status('clientRenewProhibited')}</d:add>`)),
  ),
  inside(
    'a renewal of a name of another registrar',
    objectXml('renew', `${name('restored.pl')}<d:curExpDate>2027-01-01</d:curExpDate>`),
    2201,
  ),
  inside('a create beyond the deposit', createXml('own.pl'), 2104, {
    options: { accounts: [{ clid: 'droplock', password: 'sim-secret-1', depositMinor: 799 }] },
  }),
  inside('a renewal beyond the deposit', renewXml('2027-11-24'), 2104, {
    ...own,
    options: { accounts: [{ clid: 'droplock', password: 'sim-secret-1', depositMinor: 800 }] },
  }),
  inside('a delete in the add period', deleteXml('own.pl'), 1000, own),
  inside('a delete prohibited by its registrar', deleteXml('own.pl'), 2304, {
    before: [createXml('own.pl'), updateXml(`<d:add>${status('clientDeleteProhibited')}</d:add>`)],
  }),
  inside('a delete of a name with hosts below it', deleteXml('own.pl'), 2305, {
    before: [createXml('own.pl'), otherXml(HOST, 'create', '<o:name>ns1.own.pl</o:name>')],
  }),
  inside(
    'an update of everything a registrar can change',
    updateXml(
      '<d:add><d:ns><d:hostObj>ns1.example.net</d:hostObj></d:ns><d:contact type="tech">SH8013</d:contact>' +
        `${status('clientHold')}</d:add><d:chg><d:registrant>JD1234</d:registrant>` +
        '<d:authInfo><d:pw>another-99</d:pw></d:authInfo></d:chg>',
    ),
    1000,
    own,
  ),
  inside(
    'an info of a name with everything',
    infoXml('own.pl'),
    1000,
    after(
      updateXml(
        '<d:add><d:ns><d:hostObj>ns1.example.net</d:hostObj></d:ns><d:contact type="tech">SH8013</d:contact>' +
          `${status('clientHold')}${status('clientTransferProhibited')}</d:add><d:chg><d:registrant>JD1234</d:registrant></d:chg>`,
      ),
      otherXml(HOST, 'create', '<o:name>ns1.own.pl</o:name><o:addr>192.0.2.1</o:addr>'),
    ),
  ),
  inside('an update that adds what is there', updateXml(`<d:add>${status('clientHold')}</d:add>`), 2306, {
    before: [createXml('own.pl'), updateXml(`<d:add>${status('clientHold')}</d:add>`)],
  }),
  inside(
    'an update that removes what is not there',
    updateXml(`<d:rem>${status('clientHold')}</d:rem>`),
    2306,
    own,
  ),
  inside('an update of a server status', updateXml(`<d:add>${status('serverHold')}</d:add>`), 2306, own),
  inside('an update of a prohibited name', updateXml(`<d:add>${status('clientHold')}</d:add>`), 2304, {
    before: [createXml('own.pl'), updateXml(`<d:add>${status('clientUpdateProhibited')}</d:add>`)],
  }),
  inside(
    'an update that lifts its prohibition',
    updateXml(`<d:rem>${status('clientUpdateProhibited')}</d:rem>`),
    1000,
    after(updateXml(`<d:add>${status('clientUpdateProhibited')}</d:add>`)),
  ),
  inside('an update of a name of another registrar', objectXml('update', name('restored.pl')), 2201),
  inside(
    'a create that names no existing contact',
    objectXml(
      'create',
      `${name('own.pl')}<d:registrant>JD1234</d:registrant><d:authInfo><d:pw>secret-99</d:pw></d:authInfo>`,
    ),
    2303,
    { options: { contacts: 'checked' } },
  ),
  inside(
    'a create that names no existing host',
    objectXml(
      'create',
      `${name('own.pl')}<d:ns><d:hostObj>ns1.example.net</d:hostObj></d:ns><d:authInfo><d:pw>secret-99</d:pw></d:authInfo>`,
    ),
    2303,
    {
      options: { hosts: 'checked' },
    },
  ),
  inside('an info of a name with host attributes', infoXml('own.pl'), 1000, {
    options: { hosts: 'attributes' },
    before: [
      objectXml(
        'create',
        `${name('own.pl')}<d:ns><d:hostAttr><d:hostName>ns1.own.pl</d:hostName><d:hostAddr ip="v6">2001:db8::1</d:hostAddr></d:hostAttr></d:ns>` +
          '<d:authInfo><d:pw>secret-99</d:pw></d:authInfo>',
      ),
    ],
  }),
]

export const objectExchanges: readonly Exchange[] = [...domains, ...otherExchanges]
