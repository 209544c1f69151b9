import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the published schemas have against a document; `undefined` when nothing. */
export type Validate = (document: Buffer) => string | undefined

/** Imported in this order by one wrapper: the published schemas name no locations. */
const SCHEMAS = [
  ['http://www.w3.org/2000/09/xmldsig#', 'xmldsig-core-schema.xsd'],
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

type Library = typeof import('libxml2-wasm')

async function loadLibrary(): Promise<Library> {
  try {
    return await import('libxml2-wasm')
  } catch {
    throw new Error('strict validation needs the optional package libxml2-wasm, which is not installed')
  }
}

/** Each schema under a name of its own, so that a second opening does not meet the files of the first. */
let openings = 0

function registerFiles(library: Library, folder: string): (file: string) => string {
  openings += 1
  const nameOf = (file: string) => `schemas${openings}://${file}`
  const files = Object.fromEntries(
    SCHEMAS.map(([, file]) => [nameOf(file), readFileSync(join(folder, file))]),
  )
  library.xmlRegisterInputProvider(new library.XmlBufferInputProvider(files))
  return nameOf
}

/** libxml2 reads from a dozen providers at most, and then finds no schema: one set for each folder, for good. */
const opened = new Map<string, Validate>()

/**
 * Compiles the published EPP schemas in `folder`, once. Rejects with one line when the library or a file is missing. The
 * compiled schemas live as long as the process.
 */
export async function openSchemas(folder: string): Promise<Validate> {
  const library = await loadLibrary()
  const validate = opened.get(folder) ?? compile(library, folder)
  opened.set(folder, validate)
  return validate
}

function compile(library: Library, folder: string): Validate {
  const nameOf = registerFiles(library, folder)
  const imports = SCHEMAS.map(([ns, file]) => `<import namespace="${ns}" schemaLocation="${nameOf(file)}"/>`)
  const text = `<schema xmlns="http://www.w3.org/2001/XMLSchema">${imports.join('')}</schema>`
  const wrapper = library.XmlDocument.fromString(text, { url: nameOf('wrapper.xsd') })
  const validator = library.XsdValidator.fromDoc(wrapper)
  return (document) => {
    try {
      // It may have objections that another XML reader has not: to a namespace that is no URI, say.
      using parsed = library.XmlDocument.fromBuffer(document)
      validator.validate(parsed)
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message.trim() : String(error)
    }
  }
}
