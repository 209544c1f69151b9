import {
  CONTACT,
  checkXml,
  commandXml,
  createXml,
  FEE,
  helloXml,
  infoXml,
  loginXml,
  logoutXml,
  objectXml,
  pollXml,
} from './epp-client.ts'
import type { Exchange } from './exchange.ts'
import { extensionExchanges } from './exchanges-of-extensions.ts'
import { objectExchanges } from './exchanges-of-objects.ts'

const EPP = 'urn:ietf:params:xml:ns:epp-1.0'
const DOMAIN = 'urn:ietf:params:xml:ns:domain-1.0'
const anonymous = (means: string, xml: string, code: number | undefined): Exchange => ({
  means,
  as: 'anonymous',
  xml,
  code,
})
const inside = (means: string, xml: string, code: number | undefined): Exchange => ({
  means,
  as: 'droplock',
  xml,
  code,
})
const domainCreate = (content: string) => objectXml('create', content)
const feeCheck = `<extension><f:check xmlns:f="${FEE}"><f:command name="create"/></f:check></extension>`
const auth = '<d:authInfo><d:pw>secret-99</d:pw></d:authInfo>'

const plainExchanges: readonly Exchange[] = [
  anonymous('hello before login is greeted', helloXml, undefined),
  anonymous('a login with the right password', loginXml(), 1000),
  anonymous('a login without extensions', loginXml({ extensions: [] }), 1000),
  anonymous('a login with a wrong password', loginXml({ password: 'wrong-one' }), 2200),
  anonymous('a login of an unknown client', loginXml({ clid: 'nobody' }), 2200),
  anonymous('a login in another protocol version', loginXml({ version: '2.0' }), 2100),
  anonymous('a login in another language', loginXml({ lang: 'fr' }), 2102),
  anonymous(
    'a login for objects not offered',
    loginXml({ objects: [DOMAIN, 'urn:example:objects-1.0'] }),
    2307,
  ),
  anonymous('a login for extensions not offered', loginXml({ extensions: ['urn:example:none-1.0'] }), 2103),
  anonymous(
    'a login without services',
    commandXml('<login><clID>droplock</clID><pw>sim-secret-1</pw></login>'),
    2003,
  ),
  anonymous(
    'a login with its parts in another order',
    commandXml('<login><pw>sim-secret-1</pw><clID>droplock</clID></login>'),
    2001,
  ),
  anonymous('a check before login', checkXml(['free.pl']), 2002),
  anonymous('an info before login', infoXml('pending.pl'), 2002),
  anonymous('a create before login', createXml('free.pl'), 2002),
  anonymous('a poll before login', pollXml, 2002),
  anonymous('a logout before login', logoutXml, 2002),
  inside('hello within a session is greeted', helloXml, undefined),
  inside('a login within a session', loginXml(), 2002),
  inside('a logout', logoutXml, 1500),
  inside('a poll with nothing queued', pollXml, 1300),
  inside('a poll ack of an unknown message', commandXml('<poll op="ack" msgID="12"/>'), 2303),
  inside('a poll ack without a message', commandXml('<poll op="ack"/>'), 2003),
  inside('a poll of another kind', commandXml('<poll op="later"/>'), 2001),
  inside(
    'a check of several names',
    checkXml(['free.pl', 'pending.pl', 'UPPER.pl', 'bad_name.pl', 'x.de']),
    1000,
  ),
  inside('a check with its fee', checkXml(['free.pl', 'premium.pl'], feeCheck), 1000),
  inside('a check of too many names', checkXml(Array.from({ length: 51 }, (_, i) => `name${i}.pl`)), 2306),
  inside('a check of no name', objectXml('check', ''), 2003),
  inside('an info of a pending name', infoXml('pending.pl'), 1000),
  inside('an info of a restored name', infoXml('restored.pl'), 1000),
  inside('an info of a free name', infoXml('free.pl'), 2303),
  inside('an info of an unknown name', infoXml('never-heard.pl'), 2303),
  inside(
    'an info with a wrong authInfo',
    infoXml('pending.pl', '<d:authInfo><d:pw>wrong</d:pw></d:authInfo>'),
    2202,
  ),
  inside(
    'an info with another hosts option',
    objectXml('info', '<d:name hosts="few">pending.pl</d:name>'),
    2001,
  ),
  inside('a create of a free name', createXml('free.pl'), 1000),
  inside('a create with the standard fee', createXml('free2.pl', { fee: '8.00' }), 1000),
  inside('a create with another fee', createXml('free3.com.pl', { fee: '9.00' }), 2004),
  inside('a create for ten years', createXml('ten.pl', { period: '<d:period unit="y">10</d:period>' }), 1000),
  inside('a create without a period', createXml('one.pl', { period: '' }), 1000),
  inside(
    'a create with name servers and registrant',
    domainCreate(
      `<d:name>full.pl</d:name><d:period unit="y">1</d:period><d:ns><d:hostObj>ns1.example.net</d:hostObj></d:ns>` +
        `<d:registrant>JD1234</d:registrant><d:contact type="tech">SH8013</d:contact>${auth}`,
    ),
    1000,
  ),
  inside('a create of a pending name', createXml('pending.pl'), 2302),
  inside('a create of a restored name', createXml('restored.pl'), 2302),
  inside('a create of a premium name without fee', createXml('premium.pl'), 2003),
  inside('a create of a premium name with the standard fee', createXml('premium.pl', { fee: '8.00' }), 2004),
  inside('a create of a premium name with its fee', createXml('premium.pl', { fee: '2500.00' }), 1000),
  inside('a create refused by policy', createXml('refused.pl'), 2306),
  inside('a create outside every zone', createXml('free.de'), 2306),
  inside('a create below a registrable name', createXml('a.free.pl'), 2306),
  inside('a create of no domain name', createXml('bad_name.pl'), 2005),
  inside('a create of a label with a hyphen in front', createXml('-bad.pl'), 2005),
  inside(
    'a create for eleven years',
    createXml('eleven.pl', { period: '<d:period unit="y">11</d:period>' }),
    2004,
  ),
  inside('a create in months', createXml('months.pl', { period: '<d:period unit="m">12</d:period>' }), 2004),
  inside('a create without authInfo', domainCreate('<d:name>free.pl</d:name>'), 2003),
  inside('a create with authInfo before the name', domainCreate(`${auth}<d:name>free.pl</d:name>`), 2001),
  inside(
    'a create with an unknown part',
    domainCreate(`<d:name>free.pl</d:name><d:colour>red</d:colour>${auth}`),
    2001,
  ),
  inside(
    'a create with its name twice',
    domainCreate(`<d:name>a.pl</d:name><d:name>b.pl</d:name>${auth}`),
    2001,
  ),
  inside(
    'a create with a foreign extension',
    commandXml(
      `<create><d:create xmlns:d="${DOMAIN}"><d:name>free.pl</d:name>${auth}</d:create></create>` +
        '<extension><s:create xmlns:s="urn:ietf:params:xml:ns:secDNS-1.1"/></extension>',
    ),
    2103,
  ),
  inside('a delete of a free name', objectXml('delete', '<d:name>free.pl</d:name>'), 2303),
  inside(
    'a renew of a free name',
    objectXml('renew', '<d:name>free.pl</d:name><d:curExpDate>2027-01-01</d:curExpDate>'),
    2303,
  ),
  inside('an update of a free name', objectXml('update', '<d:name>free.pl</d:name>'), 2303),
  inside(
    'a transfer',
    commandXml(
      `<transfer op="query"><d:transfer xmlns:d="${DOMAIN}"><d:name>a.pl</d:name></d:transfer></transfer>`,
    ),
    2101,
  ),
  inside(
    'an info of an unknown contact',
    commandXml(`<info><c:info xmlns:c="${CONTACT}"><c:id>JD1234</c:id></c:info></info>`),
    2303,
  ),
  inside(
    'a command on an object not offered',
    commandXml('<info><x:info xmlns:x="urn:example:objects-1.0"/></info>'),
    2307,
  ),
  inside('an unknown verb', commandXml('<dance/>'), 2000),
  inside(
    'a verb around another object element',
    commandXml(`<info><d:check xmlns:d="${DOMAIN}"/></info>`),
    2001,
  ),
  inside('a clTRID too short', commandXml('<poll op="req"/>', 'ab'), 2001),
  inside(
    'something after the clTRID',
    `<epp xmlns="${EPP}"><command><poll op="req"/><clTRID>abc</clTRID><x/></command></epp>`,
    2001,
  ),
  inside('a command without clTRID', `<epp xmlns="${EPP}"><command><poll op="req"/></command></epp>`, 1300),
  inside(
    'a command with prefixes',
    `<e:epp xmlns:e="${EPP}"><e:command><e:poll op="req"/></e:command></e:epp>`,
    1300,
  ),
  inside('XML that is not well-formed', `<epp xmlns="${EPP}"><command>`, 2001),
  inside('text that is no XML', 'GET / HTTP/1.1', 2001),
  inside('a document of another namespace', '<epp><command/></epp>', 2001),
  inside('a response sent to the server', `<epp xmlns="${EPP}"><response/></epp>`, 2001),
  inside('a protocol extension', `<epp xmlns="${EPP}"><extension><x xmlns="urn:x"/></extension></epp>`, 2101),
  inside(
    'a DOCTYPE',
    `<!DOCTYPE epp [<!ENTITY a "b">]>${commandXml('<poll op="req"/>').replace(/^<\?.*?\?>/, '')}`,
    2001,
  ),
  inside('an encoding other than UTF-8', commandXml('<poll op="req"/>').replace('UTF-8', 'ISO-8859-1'), 2001),
  inside('XML 1.1', commandXml('<poll op="req"/>').replace('version="1.0"', 'version="1.1"'), 2001),
  inside(
    'a control character that XML 1.1 would allow',
    commandXml('<poll op="req"/>', 'test&#1;').replace('version="1.0"', 'version="1.1"'),
    2001,
  ),
  inside('a control character', commandXml('<poll op="req"/>', 'test\u0001'), 2001),
  inside('a control character by reference', commandXml('<poll op="req"/>', 'test&#11;'), 2001),
  inside('a NUL after the document', `${commandXml('<poll op="req"/>')}\u0000`, 2001),
  inside(
    'elements nested too deep',
    `<epp xmlns="${EPP}">${'<a>'.repeat(20)}${'</a>'.repeat(20)}</epp>`,
    2001,
  ),
  inside('too many elements', `<epp xmlns="${EPP}">${'<a/>'.repeat(1001)}</epp>`, 2001),
]

export const exchanges: readonly Exchange[] = [...plainExchanges, ...objectExchanges, ...extensionExchanges]
