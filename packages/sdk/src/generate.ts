import { readFileSync, writeFileSync } from 'node:fs'
import openapiTypescript, { astToString } from 'openapi-typescript'

/** The committed document of the reseller API, and the types made of it. */
const documentUrl = new URL('../../contracts/openapi.json', import.meta.url)
export const typesUrl = new URL('./openapi.gen.ts', import.meta.url)

const header = '// Written by `npm run generate` from packages/contracts/openapi.json.\n\n'

/** The types as they should be now. The generator needs TypeScript's JavaScript API, which version 7 does not have. */
export async function renderTypes(): Promise<string> {
  const nodes = await openapiTypescript(JSON.parse(readFileSync(documentUrl, 'utf8')), { immutable: true })
  return header + astToString(nodes)
}

if (import.meta.main) writeFileSync(typesUrl, await renderTypes())
