import { readFileSync } from 'node:fs'

const EPP = 'urn:ietf:params:xml:ns:epp-1.0'

/** The answer of the bench's registry to a create. Its clTRID is as long as every other in the bench. */
export const REFUSAL = Buffer.from(
  `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="${EPP}"><response><result code="2302"><msg>Object exists</msg></result><trID><clTRID>B-000-000000001</clTRID><svTRID>BENCH-00000001</svTRID></trID></response></epp>`,
)

/** An info as registries answer it, with RGP and DNSSEC. */
export const INFO = Buffer.from(
  `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="${EPP}"><response><result code="1000"><msg>Command completed successfully</msg></result><resData><domain:infData xmlns:domain="urn:ietf:params:xml:ns:domain-1.0"><domain:name>example.com</domain:name><domain:roid>EXAMPLE1-REP</domain:roid><domain:status s="pendingDelete"/><domain:registrant>jd1234</domain:registrant><domain:contact type="admin">sh8013</domain:contact><domain:contact type="tech">sh8013</domain:contact><domain:ns><domain:hostObj>ns1.example.com</domain:hostObj><domain:hostObj>ns1.example.net</domain:hostObj></domain:ns><domain:clID>ClientX</domain:clID><domain:crID>ClientY</domain:crID><domain:crDate>2019-04-03T22:00:00.0Z</domain:crDate><domain:exDate>2026-04-03T22:00:00.0Z</domain:exDate></domain:infData></resData><extension><rgp:infData xmlns:rgp="urn:ietf:params:xml:ns:rgp-1.0"><rgp:rgpStatus s="pendingDelete"/></rgp:infData><secDNS:infData xmlns:secDNS="urn:ietf:params:xml:ns:secDNS-1.1"><secDNS:dsData><secDNS:keyTag>12345</secDNS:keyTag><secDNS:alg>13</secDNS:alg><secDNS:digestType>2</secDNS:digestType><secDNS:digest>49FD46E6C4B45C55D4AC</secDNS:digest></secDNS:dsData></secDNS:infData></extension><trID><clTRID>B-000-000000001</clTRID><svTRID>BENCH-00000001</svTRID></trID></response></epp>`,
)

const file = (name: string) => readFileSync(new URL(`../../test/tls/${name}`, import.meta.url), 'utf8')

/** The tests' certificate authority and server certificate, for `localhost`. */
export const TLS = {
  ca: file('ca.pem'),
  cert: file('server.pem'),
  key: file('server-key.pem'),
  serverName: 'localhost',
}
