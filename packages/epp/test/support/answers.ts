let serial = 0

/** Every answer has a unique svTRID, as RFC 5730 §2.6 requires. */
export function trID(clTRID: string | undefined): string {
  serial += 1
  return `<trID>${clTRID === undefined ? '' : `<clTRID>${clTRID}</clTRID>`}<svTRID>SV-${serial}</svTRID></trID>`
}

export function response(inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="urn:ietf:params:xml:ns:epp-1.0"><response>${inner}</response></epp>`
}

export function result(code: number, clTRID?: string, message = 'a message'): string {
  return response(`<result code="${code}"><msg>${message}</msg></result>${trID(clTRID)}`)
}

export function greeting(svDate: string = new Date().toISOString(), menu: string = MENU): string {
  return `<?xml version="1.0" encoding="UTF-8"?><epp xmlns="urn:ietf:params:xml:ns:epp-1.0"><greeting><svID>test</svID><svDate>${svDate}</svDate><svcMenu>${menu}</svcMenu><dcp><access><all/></access><statement><purpose><prov/></purpose><recipient><ours/></recipient><retention><stated/></retention></statement></dcp></greeting></epp>`
}

/** The greeting of a registry that offers these extensions, and no objects but domains. */
export function offering(...uris: readonly string[]): string {
  const extensions = uris.map((uri) => `<extURI>${uri}</extURI>`).join('')
  return greeting(
    undefined,
    `<version>1.0</version><lang>en</lang><objURI>urn:ietf:params:xml:ns:domain-1.0</objURI><svcExtension>${extensions}</svcExtension>`,
  )
}

export const MENU =
  '<version>1.0</version><lang>en</lang><objURI>urn:ietf:params:xml:ns:domain-1.0</objURI><objURI>urn:ietf:params:xml:ns:contact-1.0</objURI><svcExtension><extURI>urn:ietf:params:xml:ns:rgp-1.0</extURI><extURI>urn:ietf:params:xml:ns:secDNS-1.1</extURI><extURI>http://custom/obj1ext-1.0</extURI></svcExtension>'

/** The creation date of every name at the scripted registry. */
export const CREATED_AT = '2026-11-24T14:00:00.0Z'

export function created(name: string, clTRID?: string, crDate = CREATED_AT): string {
  return response(
    `<result code="1000"><msg>done</msg></result><resData><d:creData xmlns:d="urn:ietf:params:xml:ns:domain-1.0"><d:name>${name}</d:name><d:crDate>${crDate}</d:crDate><d:exDate>2027-11-24T14:00:00.0Z</d:exDate></d:creData></resData>${trID(clTRID)}`,
  )
}

export function info(name: string, clTRID?: string, clID = 'other'): string {
  return response(
    `<result code="1000"><msg>done</msg></result><resData><d:infData xmlns:d="urn:ietf:params:xml:ns:domain-1.0"><d:name>${name}</d:name><d:roid>EX1-REP</d:roid><d:status s="pendingDelete"/><d:clID>${clID}</d:clID><d:crDate>${clID === 'other' ? '2019-01-01T00:00:00Z' : CREATED_AT}</d:crDate></d:infData></resData><extension><r:infData xmlns:r="urn:ietf:params:xml:ns:rgp-1.0"><r:rgpStatus s="pendingDelete"/></r:infData></extension>${trID(clTRID)}`,
  )
}

export function checked(
  names: readonly string[],
  clTRID?: string,
  isFree: (name: string) => boolean = () => false,
): string {
  const each = names.map(
    (name) =>
      `<d:cd><d:name avail="${isFree(name) ? 1 : 0}">${name}</d:name>${isFree(name) ? '' : '<d:reason>In use</d:reason>'}</d:cd>`,
  )
  return response(
    `<result code="1000"><msg>done</msg></result><resData><d:chkData xmlns:d="urn:ietf:params:xml:ns:domain-1.0">${each.join('')}</d:chkData></resData>${trID(clTRID)}`,
  )
}
