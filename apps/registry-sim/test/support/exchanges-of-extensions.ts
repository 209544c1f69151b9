import { checkXml, commandXml, createXml, FEE, HOST, infoXml, objectXml, pollXml, RGP } from './epp-client.ts'
import type { Exchange } from './exchange.ts'

/** Fees and tiers, DNSSEC, restores, long passwords, sub-products, applications. */

type Given = Pick<Exchange, 'before' | 'options'>

const inside = (means: string, xml: string, code: number, given: Given = {}): Exchange => ({
  means,
  as: 'droplock',
  xml,
  code,
  ...given,
})

const extension = (content: string) => `<extension>${content}</extension>`
const own = '<d:name>own.pl</d:name>'
const feeOf = (verb: string, minor: string, currency = 'USD') =>
  extension(
    `<f:${verb} xmlns:f="${FEE}"><f:currency>${currency}</f:currency><f:fee>${minor}</f:fee></f:${verb}>`,
  )
const auth = '<d:authInfo><d:pw>secret-99</d:pw></d:authInfo>'
const tiers = { fee: { tiers: { gold: 100_000 } } }
const questions = ['create', 'renew', 'restore', 'transfer', 'delete']
  .map((verb) => `<f:command name="${verb}"/>`)
  .join('')

const fees: readonly Exchange[] = [
  inside(
    'a check of every fee',
    checkXml(['free.pl', 'premium.pl'], extension(`<f:check xmlns:f="${FEE}">${questions}</f:check>`)),
    1000,
    { options: tiers },
  ),
  inside(
    'a check of a custom fee',
    checkXml(
      ['free.pl'],
      extension(`<f:check xmlns:f="${FEE}"><f:command name="custom" customName="x"/></f:check>`),
    ),
    2102,
  ),
  inside(
    'a check of fees in another currency',
    checkXml(
      ['free.pl'],
      extension(`<f:check xmlns:f="${FEE}"><f:currency>EUR</f:currency><f:command name="create"/></f:check>`),
    ),
    2004,
  ),
  inside('a create of a tier with its fee', createXml('premium.pl', { fee: '1000.00' }), 1000, {
    options: tiers,
  }),
  inside('a create of a tier with the premium fee', createXml('premium.pl', { fee: '2500.00' }), 2004, {
    options: tiers,
  }),
  inside('a create in a zone with a phase fee', createXml('free.pl', { fee: '12.00' }), 1000, {
    options: { fee: { phaseFeeMinor: { pl: 400 } } },
  }),
  inside('a create without the phase fee', createXml('free.pl', { fee: '8.00' }), 2004, {
    options: { fee: { phaseFeeMinor: { pl: 400 } } },
  }),
  inside(
    'a create in another currency',
    objectXml('create', `${own}${auth}`, feeOf('create', '8.00', 'EUR')),
    2004,
  ),
  inside(
    'a create in another currency at a strict registry',
    objectXml('create', `${own}${auth}`, feeOf('create', '8.00', 'EUR')),
    2306,
    { options: { fee: { wrongCurrencyCode: 2306 } } },
  ),
  inside(
    'a create below the price whose refusal shows the price',
    createXml('premium.pl', { fee: '8.00' }),
    2004,
    {
      options: { fee: { refusalShowsPrice: true } },
    },
  ),
  inside(
    'a renewal with its fee',
    objectXml('renew', `${own}<d:curExpDate>2027-11-24</d:curExpDate>`, feeOf('renew', '8.00')),
    1000,
    { before: [createXml('own.pl')] },
  ),
  inside(
    'a renewal with another fee',
    objectXml('renew', `${own}<d:curExpDate>2027-11-24</d:curExpDate>`, feeOf('renew', '9.00')),
    2004,
    { before: [createXml('own.pl')] },
  ),
  inside(
    'a renewal of a premium name without its fee',
    objectXml('renew', '<d:name>premium.pl</d:name><d:curExpDate>2027-11-24</d:curExpDate>'),
    2003,
    { before: [createXml('premium.pl', { fee: '2500.00' })] },
  ),
]

const SEC_DNS = 'urn:ietf:params:xml:ns:secDNS-1.1'
const signing: Partial<Given> = { options: { extensions: ['rgp', 'fee', 'secDNS'] } }
const ds = (keyTag: number) =>
  `<s:dsData><s:keyTag>${keyTag}</s:keyTag><s:alg>13</s:alg><s:digestType>2</s:digestType><s:digest>49FD46E6</s:digest></s:dsData>`
const signedXml = objectXml(
  'create',
  `${own}${auth}`,
  extension(`<s:create xmlns:s="${SEC_DNS}"><s:maxSigLife>604800</s:maxSigLife>${ds(1)}</s:create>`),
)
const resignXml = (content: string, urgent?: string) => {
  const attribute = urgent === undefined ? '' : ` urgent="${urgent}"`
  return objectXml(
    'update',
    own,
    extension(`<s:update xmlns:s="${SEC_DNS}"${attribute}>${content}</s:update>`),
  )
}
const urging = (dnssecUrgent: 'demanded' | 'unsupported'): Given => ({
  options: { extensions: ['rgp', 'fee', 'secDNS'], dnssecUrgent },
})

const dnssec: readonly Exchange[] = [
  inside('a create with DS records', signedXml, 1000, signing),
  inside('an info of a signed name', infoXml('own.pl'), 1000, { ...signing, before: [signedXml] }),
  inside(
    'an update that rolls a DS record',
    resignXml(`<s:rem>${ds(1)}</s:rem><s:add>${ds(2)}</s:add>`),
    1000,
    { ...signing, before: [signedXml] },
  ),
  inside('an update that removes all DS records', resignXml('<s:rem><s:all>true</s:all></s:rem>'), 1000, {
    ...signing,
    before: [signedXml],
  }),
  inside('an update that removes a DS record that is not there', resignXml(`<s:rem>${ds(9)}</s:rem>`), 2303, {
    ...signing,
    before: [signedXml],
  }),
  inside('an urgent update where that is demanded', resignXml(`<s:add>${ds(2)}</s:add>`, 'true'), 1000, {
    ...urging('demanded'),
    before: [signedXml],
  }),
  inside(
    'an update that can wait where urgent is demanded',
    resignXml(`<s:add>${ds(2)}</s:add>`, '0'),
    1000,
    {
      ...urging('demanded'),
      before: [signedXml],
    },
  ),
  inside('an update without urgent where that is demanded', resignXml(`<s:add>${ds(2)}</s:add>`), 2003, {
    ...urging('demanded'),
    before: [signedXml],
  }),
  inside('an urgent update where that is not supported', resignXml(`<s:add>${ds(2)}</s:add>`, '1'), 2102, {
    ...urging('unsupported'),
    before: [signedXml],
  }),
  inside('an update with an urgent of another kind', resignXml(`<s:add>${ds(2)}</s:add>`, 'soon'), 2001, {
    ...signing,
    before: [signedXml],
  }),
  inside(
    'a create with key data',
    objectXml(
      'create',
      `${own}${auth}`,
      extension(
        `<s:create xmlns:s="${SEC_DNS}"><s:keyData><s:flags>257</s:flags><s:protocol>3</s:protocol><s:alg>13</s:alg><s:pubKey>AQPJ</s:pubKey></s:keyData></s:create>`,
      ),
    ),
    2102,
    signing,
  ),
]

const restoreXml = (op: string) =>
  objectXml('update', own, extension(`<r:update xmlns:r="${RGP}"><r:restore op="${op}"/></r:update>`))

const restores: readonly Exchange[] = [
  inside('a restore of a name not in redemption', restoreXml('request'), 2304, {
    before: [createXml('own.pl')],
  }),
  inside('an info of a name in two periods', infoXml('own.pl'), 1000, {
    before: [createXml('own.pl'), objectXml('renew', `${own}<d:curExpDate>2027-11-24</d:curExpDate>`)],
  }),
  inside('a restore report', restoreXml('report'), 2102, { before: [createXml('own.pl')] }),
]

const LOGIN_SEC = 'urn:ietf:params:xml:ns:epp:loginSec-1.0'
const longPassword = 'a password of more than sixteen'
const services = `<svcs><objURI>urn:ietf:params:xml:ns:domain-1.0</objURI><svcExtension><extURI>${LOGIN_SEC}</extURI></svcExtension></svcs>`
const longLogin = (password: string) =>
  commandXml(
    `<login><clID>droplock</clID><pw>[LOGIN-SECURITY]</pw><options><version>1.0</version><lang>en</lang></options>${services}</login>` +
      extension(
        `<l:loginSec xmlns:l="${LOGIN_SEC}"><l:userAgent><l:app>Test 1</l:app></l:userAgent><l:pw>${password}</l:pw></l:loginSec>`,
      ),
  )
const secured: Pick<Exchange, 'options'> = {
  options: { extensions: ['loginSec'], accounts: [{ clid: 'droplock', password: longPassword }] },
}

const logins: readonly Exchange[] = [
  {
    means: 'a login with a long password',
    as: 'anonymous',
    xml: longLogin(longPassword),
    code: 1000,
    ...secured,
  },
  {
    means: 'a login with a wrong long password',
    as: 'anonymous',
    xml: longLogin('another long password'),
    code: 2200,
    ...secured,
  },
]

const NAMESTORE = 'http://www.verisign-grs.com/epp/namestoreExt-1.1'
const product = (name: string) =>
  extension(`<n:namestoreExt xmlns:n="${NAMESTORE}"><n:subProduct>${name}</n:subProduct></n:namestoreExt>`)
const stored: Given = { options: { zones: ['com', 'net'], extensions: ['rgp', 'namestoreExt'] } }
const storedXml = (verb: string, name: string, of: string) =>
  objectXml(verb, `<d:name>${name}</d:name>${verb === 'create' ? auth : ''}`, product(of))

const hostXml = (verb: string, name: string, of?: string, inner = '') =>
  commandXml(
    `<${verb}><h:${verb} xmlns:h="${HOST}"><h:name>${name}</h:name>${inner}</h:${verb}></${verb}>` +
      (of === undefined ? '' : product(of)),
  )
const hostUpdate = hostXml(
  'update',
  'ns1.example.org',
  'dotCOM',
  '<h:add><h:status s="clientDeleteProhibited"/></h:add>',
)

const products: readonly Exchange[] = [
  inside('a create with its sub-product', storedXml('create', 'own.com', 'dotCOM'), 1000, stored),
  inside('a check with its sub-product', storedXml('check', 'own.net', 'dotNET'), 1000, stored),
  inside('a create without a sub-product', createXml('own.com'), 2003, stored),
  inside(
    'a create with the sub-product of another zone',
    storedXml('create', 'own.com', 'dotNET'),
    2306,
    stored,
  ),
  inside(
    'a check of the names of two sub-products',
    objectXml('check', '<d:name>own.com</d:name><d:name>own.net</d:name>', product('dotCOM')),
    1000,
    stored,
  ),
  inside('a check of hosts with a sub-product', hostXml('check', 'ns1.example.org', 'dotNET'), 1000, stored),
  inside(
    'a create of a host with a sub-product',
    hostXml('create', 'ns1.example.org', 'dotCOM'),
    1000,
    stored,
  ),
  inside('a create of a host without a sub-product', hostXml('create', 'ns1.example.org'), 2003, stored),
  inside(
    'an info of a host with an unknown sub-product',
    hostXml('info', 'ns1.a.com', 'dotORG'),
    2306,
    stored,
  ),
  inside('an info of a host with its sub-product', hostXml('info', 'ns1.example.org', 'dotCOM'), 1000, {
    ...stored,
    before: [hostXml('create', 'ns1.example.org', 'dotCOM')],
  }),
  inside(
    'a create of a host with the sub-product of another zone',
    hostXml('create', 'ns1.own.com', 'dotNET'),
    2306,
    { ...stored, before: [storedXml('create', 'own.com', 'dotCOM')] },
  ),
  inside(
    'a create of a host below a name of its sub-product',
    hostXml('create', 'ns1.own.net', 'dotNET'),
    1000,
    {
      ...stored,
      before: [storedXml('create', 'own.net', 'dotNET')],
    },
  ),
  inside('an update of a host with its sub-product', hostUpdate, 1000, {
    ...stored,
    before: [hostXml('create', 'ns1.example.org', 'dotCOM')],
  }),
  inside('a delete of a host with its sub-product', hostXml('delete', 'ns1.example.org', 'dotCOM'), 1000, {
    ...stored,
    before: [hostXml('create', 'ns1.example.org', 'dotCOM')],
  }),
  inside('a check with an unknown sub-product', storedXml('check', 'own.com', 'dotORG'), 2306, stored),
]

const zone: Given = { options: { dropzone: { periodMs: 60_000 } } }

const applications: readonly Exchange[] = [
  inside('a create in the Dropzone', createXml('free.pl', { fee: '8.00' }), 1001, zone),
  inside('a second create in the Dropzone', createXml('free.pl'), 2302, {
    ...zone,
    before: [createXml('free.pl')],
  }),
  inside('an info of an own application', infoXml('free.pl'), 1000, {
    ...zone,
    before: [createXml('free.pl')],
  }),
  inside('a poll before any award', pollXml, 1300, { ...zone, before: [createXml('free.pl')] }),
]

export const extensionExchanges: readonly Exchange[] = [
  ...fees,
  ...dnssec,
  ...restores,
  ...logins,
  ...products,
  ...applications,
]
