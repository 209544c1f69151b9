import { writeFileSync } from 'node:fs'
import { renderConsoleOpenApi } from './console/openapi.ts'

/** Writes the committed document of the operators' API. Run by `npm run generate`; a test fails while it is stale. */
const document = `${JSON.stringify(renderConsoleOpenApi(), null, 2)}\n`
writeFileSync(new URL('../console-openapi.json', import.meta.url), document)
