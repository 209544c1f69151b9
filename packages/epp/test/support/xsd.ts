import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import { shared } from './shared.ts'

const FIRST = ['xmldsig-core-schema.xsd', 'eppcom-1.0.xsd', 'epp-1.0.xsd']

function rank(file: string): number {
  const at = FIRST.indexOf(file)
  return at === -1 ? FIRST.length : at
}

/** The schemas' imports name no file, so one wrapper imports each namespace by its file, what others need first. */
function wrapper(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.xsd'))
  const order = files.toSorted((a, b) => rank(a) - rank(b))
  const imports = order.map((file) => {
    const namespace = /targetNamespace="([^"]+)"/u.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? ''
    return `<xs:import namespace="${namespace}" schemaLocation="${pathToFileURL(join(folder, file)).pathname}"/>`
  })
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`
}

/** A check of documents against the EPP schemas, which throws libxml2's errors. `undefined` without the shared data. */
export function schemaCheck(): ((xml: string) => void) | undefined {
  const folder = shared('data/xsd')
  if (folder === undefined) return undefined
  xmlRegisterFsInputProviders()
  const schema = XmlDocument.fromString(wrapper(folder))
  const validator = XsdValidator.fromDoc(schema)
  return (xml) => {
    const document = XmlDocument.fromString(xml)
    try {
      validator.validate(document)
    } finally {
      document.dispose()
    }
  }
}
