import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm'

/** Imported in this order by one wrapper: the published schemas name no locations. */
const SCHEMAS = [
  ['urn:ietf:params:xml:ns:eppcom-1.0', 'eppcom-1.0.xsd'],
  ['urn:ietf:params:xml:ns:epp-1.0', 'epp-1.0.xsd'],
  ['urn:ietf:params:xml:ns:host-1.0', 'host-1.0.xsd'],
  ['urn:ietf:params:xml:ns:domain-1.0', 'domain-1.0.xsd'],
  ['urn:ietf:params:xml:ns:contact-1.0', 'contact-1.0.xsd'],
  ['urn:ietf:params:xml:ns:rgp-1.0', 'rgp-1.0.xsd'],
  ['urn:ietf:params:xml:ns:epp:fee-1.0', 'fee-1.0.xsd'],
  ['urn:ietf:params:xml:ns:secDNS-1.1', 'secDNS-1.1.xsd'],
  ['urn:ietf:params:xml:ns:epp:loginSec-1.0', 'loginSec-1.0.xsd'],
  ['http://www.verisign-grs.com/epp/namestoreExt-1.1', 'namestoreExt-1.1.xsd'],
  ['http://www.verisign.com/epp/lowbalance-poll-1.0', 'lowbalance-poll-1.0.xsd'],
] as const

export type SchemaCheck = { complaints(xml: string): string[]; dispose(): void }

/** Validates whole EPP documents against the published schemas in `folder`. */
export function openSchemas(folder: string): SchemaCheck {
  const files = Object.fromEntries(
    SCHEMAS.map(([, file]) => [`mem://${file}`, readFileSync(join(folder, file))]),
  )
  xmlRegisterInputProvider(new XmlBufferInputProvider(files))
  const imports = SCHEMAS.map(
    ([ns, file]) => `<import namespace="${ns}" schemaLocation="mem://${file}"/>`,
  ).join('')
  const wrapper = XmlDocument.fromString(
    `<schema xmlns="http://www.w3.org/2001/XMLSchema">${imports}</schema>`,
    { url: 'mem://wrapper.xsd' },
  )
  const validator = XsdValidator.fromDoc(wrapper)
  return {
    complaints(xml) {
      const document = XmlDocument.fromString(xml)
      try {
        validator.validate(document)
        return []
      } catch (error) {
        return [error instanceof Error ? error.message : String(error)]
      } finally {
        document.dispose()
      }
    },
    dispose() {
      validator.dispose()
      wrapper.dispose()
    },
  }
}
