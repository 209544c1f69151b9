import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Returns the error of a document by the published schemas, or `undefined` for a valid one. */
export type Validate = (document: Buffer) => string | undefined

/** The schemas that others import. The published schemas name no locations, so one wrapper imports these first, then the others. */
const IMPORTED_FIRST = ['xmldsig-core-schema.xsd', 'eppcom-1.0.xsd', 'epp-1.0.xsd', 'host-1.0.xsd']

type Library = typeof import('libxml2-wasm')

async function loadLibrary(): Promise<Library> {
  try {
    return await import('libxml2-wasm')
  } catch {
    throw new Error('strict validation needs the optional package libxml2-wasm, which is not installed')
  }
}

/** The compiled schemas of each folder, kept for the life of the process: libxml2 reads from a dozen input providers at most. */
const opened = new Map<string, Validate>()

/**
 * Compiles all schemas in `folder`, once. Rejects with one line when the library, the folder or EPP's own schemas are missing.
 */
export async function openSchemas(folder: string): Promise<Validate> {
  const library = await loadLibrary()
  const validate = opened.get(folder) ?? compile(library, folder)
  opened.set(folder, validate)
  return validate
}

function compile(library: Library, folder: string): Validate {
  const base = `schemas${opened.size}://`
  const missing = IMPORTED_FIRST.find((file) => !existsSync(join(folder, file)))
  if (missing !== undefined) throw new Error(`the schema ${join(folder, missing)} is missing`)
  const others = readdirSync(folder).filter((file) => file.endsWith('.xsd') && !IMPORTED_FIRST.includes(file))
  const files = [...IMPORTED_FIRST, ...others].map((file) => ({
    url: `${base}${file}`,
    octets: readFileSync(join(folder, file)),
  }))
  library.xmlRegisterInputProvider(
    new library.XmlBufferInputProvider(Object.fromEntries(files.map(({ url, octets }) => [url, octets]))),
  )
  const imports = files.map(({ url, octets }) => {
    const namespace = /targetNamespace="([^"]+)"/u.exec(octets.toString('utf8'))?.[1] ?? ''
    return `<import namespace="${namespace}" schemaLocation="${url}"/>`
  })
  const text = `<schema xmlns="http://www.w3.org/2001/XMLSchema">${imports.join('')}</schema>`
  const wrapper = library.XmlDocument.fromString(text, { url: `${base}wrapper.xsd` })
  const validator = library.XsdValidator.fromDoc(wrapper)
  return (document) => {
    try {
      // libxml2 may refuse what another XML reader accepts, for example a namespace that is no URI.
      using parsed = library.XmlDocument.fromBuffer(document)
      validator.validate(parsed)
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message.trim() : String(error)
    }
  }
}
