import { writeFileSync } from 'node:fs'
import { renderOpenApi } from './openapi.ts'

/** Writes the committed document of the reseller API. Run by `npm run generate`; a test fails while it is stale. */
const contracts = new URL(import.meta.resolve('@droplock/contracts/errors'))
writeFileSync(new URL('../openapi.json', contracts), `${JSON.stringify(renderOpenApi(), null, 2)}\n`)
