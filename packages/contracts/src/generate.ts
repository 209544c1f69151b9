import { writeFileSync } from 'node:fs'
import { renderConsoleOpenApi } from './console/openapi.ts'
import { renderGatewayOpenApi } from './gateway/openapi.ts'

/** Writes the committed documents anew. Run by `npm run generate`; a test fails while they are stale. */
const documents = {
  'openapi.json': renderGatewayOpenApi,
  'console-openapi.json': renderConsoleOpenApi,
} as const

for (const [file, render] of Object.entries(documents)) {
  writeFileSync(new URL(`../${file}`, import.meta.url), `${JSON.stringify(render(), null, 2)}\n`)
}
