import type { GeneratedFile } from './generated-file.ts'
import { schemaFiles } from './schema.ts'
import { stateMachineFiles } from './state-machines.ts'

/** One function per source. A new derived file (an OpenAPI document, a diagram) is a new line here; the test follows. */
const generators: readonly (() => Promise<readonly GeneratedFile[]>)[] = [schemaFiles, stateMachineFiles]

/** All derived files as they should be now. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const files: GeneratedFile[] = []
  for (const generate of generators) files.push(...(await generate()))
  return files
}
