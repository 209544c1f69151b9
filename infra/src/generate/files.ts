import { schemaFiles } from './schema.ts'

/** A committed file that is derived from something else. */
export type GeneratedFile = { readonly path: string; readonly text: string }

/** One function per source. A new derived file (an OpenAPI document, a diagram) is a new line here; the test follows. */
const generators: readonly (() => Promise<readonly GeneratedFile[]>)[] = [schemaFiles]

/** All derived files as they should be now. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const files: GeneratedFile[] = []
  for (const generate of generators) files.push(...(await generate()))
  return files
}
