import { readFileSync, writeFileSync } from 'node:fs'
import openapiTypescript, { astToString } from 'openapi-typescript'

/** The committed document of the reseller API, and the types made of it. */
const documentUrl = new URL('../../contracts/openapi.json', import.meta.url)
export const typesUrl = new URL('./openapi.gen.ts', import.meta.url)

const header = '// Written by `npm run generate` from packages/contracts/openapi.json.\n\n'

type Parameter = { readonly name?: string; required?: boolean }
type Document = {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>
  >
}

/** The client makes an Idempotency-Key where its caller gives none. */
function makeKeysOptional(document: Document): void {
  for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods)))
    for (const parameter of operation.parameters ?? [])
      if (parameter.name === 'Idempotency-Key') parameter.required = false
}

/** The types as they should be now. The generator needs TypeScript's JavaScript API, which version 7 does not have. */
export async function renderTypes(): Promise<string> {
  const document = JSON.parse(readFileSync(documentUrl, 'utf8'))
  makeKeysOptional(document)
  // A member with a default may be left out of a request.
  const nodes = await openapiTypescript(document, { immutable: true, defaultNonNullable: false })
  return header + astToString(nodes)
}

if (import.meta.main) writeFileSync(typesUrl, await renderTypes())
