import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'
import { generateApi } from 'swagger-typescript-api'

const input = fileURLToPath(new URL('../../../contracts/openapi.json', import.meta.url))

/** Clients of the document by generators that have nothing in common, each written into a folder. They need TypeScript's API, as this package has it. */
export const generators: Readonly<
  Record<'hey-api' | 'swagger-typescript-api', (folder: string) => Promise<void>>
> = {
  'hey-api': async (folder) => {
    await createClient({
      input,
      output: { path: join(folder, 'client'), importFileExtension: '.js' },
      plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
      logs: { level: 'silent', file: false },
    })
  },
  'swagger-typescript-api': async (folder) => {
    mkdirSync(join(folder, 'client'), { recursive: true })
    await generateApi({ input, output: join(folder, 'client'), fileName: 'api.ts', silent: true })
  },
}
